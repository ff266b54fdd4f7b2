import type { Account } from '../accounts/account-store.ts'
import type { Context } from '../context.ts'
import type { Client } from '../events/describe-client.ts'
import { accountKey } from '../limits/account-key.ts'
import { addressKey } from '../limits/address-key.ts'
import type { Limit } from '../limits/limits.ts'
import { issueAccessToken } from '../tokens/issue-access-token.ts'
import { AddressNotVerified, BadCredentials } from './errors.ts'
import { hashPart, newRefreshToken, readRefreshToken, writeRefreshToken } from './refresh-token.ts'
import { absoluteEnd } from './session-times.ts'

export type Credentials = { email: string; password: string }

/** What the request says about its sender besides the credentials. */
export type Sender = { client: Client; deviceToken: string | undefined; refreshToken: string | undefined }

export type SignedIn = { accessToken: string; refreshToken: string; deviceToken: string }

type Attempt = [Limit, string][]

/**
 * Begins a session. An unknown address costs the same work as a known one: a count, a verification, a row.
 * Attempts are counted before the password is looked at, so that guesses sent at once do not outrun the limit.
 */
export async function signIn(
  context: Context,
  { email, password }: Credentials,
  sender: Sender,
): Promise<SignedIn> {
  const account = await context.accounts.findAccountByEmail(email.trim())
  const device = account && context.deviceTokens.identify(sender.deviceToken, account.id)
  const attempt: Attempt = device
    ? [['sign-in-by-device', device]]
    : [
        ['sign-in-by-address', addressKey(sender.client.address)],
        ['sign-in-by-account', accountKey(email)],
      ]
  await countAttempt(context, attempt)
  const isRight = await verifyPassword(context, account, password, attempt)
  if (!account?.isActive || !isRight) return refuse(context, account, sender.client)
  const [signedIn] = await Promise.all([
    admit(context, account, password, sender, device !== null),
    forgiveAttempt(context, attempt),
  ])
  return signedIn
}

/** The password was right. */
async function admit(
  context: Context,
  account: Account,
  password: string,
  sender: Sender,
  isKnownDevice: boolean,
): Promise<SignedIn> {
  await refuseUnverified(context, account, sender.client)
  const hashedPassword = await rehash(context, account, password)
  const signedIn = await beginSession(context, { ...account, hashedPassword }, sender, isKnownDevice)
  await endReplacedSession(context, sender)
  return signedIn
}

async function countAttempt({ limits, metrics }: Context, attempt: Attempt): Promise<void> {
  try {
    await Promise.all(attempt.map(([limit, key]) => limits.take(limit, key)))
  } catch (error) {
    metrics.signIns.inc({ result: 'limited' })
    throw error
  }
}

/** A verification that could not be made was no guess. */
async function verifyPassword(
  context: Context,
  account: Account | null,
  password: string,
  attempt: Attempt,
): Promise<boolean> {
  try {
    return await context.passwords.verify(account?.hashedPassword, password)
  } catch (error) {
    for (const [limit, key] of attempt) await context.limits.giveBack(limit, key)
    throw error
  }
}

/** The owner's failures are forgotten; those of others at the same address are not. */
async function forgiveAttempt({ limits }: Context, attempt: Attempt): Promise<void> {
  await Promise.all(
    attempt.map(([limit, key]) =>
      limit === 'sign-in-by-address' ? limits.giveBack(limit, key) : limits.clear(limit, key),
    ),
  )
}

async function refuse(context: Context, account: Account | null, client: Client): Promise<never> {
  context.metrics.signIns.inc({ result: 'refused' })
  await context.events.addEvent({
    kind: 'sign-in-failed',
    accountId: account?.id ?? null,
    client,
    now: context.clock(),
  })
  throw new BadCredentials(context.config)
}

async function refuseUnverified(context: Context, account: Account, client: Client): Promise<void> {
  const { requireVerifiedAddress, answers } = context.config
  if (!requireVerifiedAddress || account.isVerified) return
  if (answers === 'strict') return refuse(context, account, client)
  context.metrics.signIns.inc({ result: 'unverified' })
  throw new AddressNotVerified()
}

/** Hashes from before, of bcrypt or of other costs, are replaced while the password is at hand. Returns the hash that counts now. */
async function rehash(context: Context, { id, hashedPassword }: Account, password: string): Promise<string> {
  if (!context.passwords.isOutdated(hashedPassword)) return hashedPassword
  const renewed = await context.passwords.hash(password)
  await context.accounts.replaceHash(id, hashedPassword, renewed)
  return renewed
}

async function beginSession(
  context: Context,
  account: Account,
  { client }: Sender,
  isKnownDevice: boolean,
): Promise<SignedIn> {
  const token = newRefreshToken()
  const now = context.clock()
  const subject = await context.sessions.beginSession({
    account,
    seriesHash: hashPart(token.series),
    tokenHash: hashPart(token.secret),
    client,
    isKnownDevice,
    now,
    expiresAt: absoluteEnd(context.config.sessions, now),
  })
  if (!subject) return refuse(context, account, client)
  context.mailSender.wake()
  context.metrics.signIns.inc({ result: 'ok' })
  return {
    accessToken: await issueAccessToken(context, subject),
    refreshToken: writeRefreshToken(token),
    deviceToken: context.deviceTokens.issue(account.id),
  }
}

/** The browser's cookie names the new session from now on; nobody could use or end the one before. */
async function endReplacedSession({ sessions }: Context, { refreshToken = '' }: Sender): Promise<void> {
  const replaced = readRefreshToken(refreshToken)
  if (replaced) await sessions.removeSessionOfSeries(hashPart(replaced.series))
}

import type { TokenSubject } from '@finity/kit/http/verify-access-token.ts'
import type { Context } from '../context.ts'
import type { Client } from '../events/describe-client.ts'
import { addressKey } from '../limits/address-key.ts'
import { issueAccessToken } from '../tokens/issue-access-token.ts'
import { SessionOver } from './errors.ts'
import {
  hashPart,
  newSalt,
  type RefreshToken,
  readRefreshToken,
  successorOf,
  writeRefreshToken,
} from './refresh-token.ts'
import type { SessionOwner } from './session-store.ts'
import { idleSince, isWithinReuse } from './session-times.ts'

export type Refreshed = { accessToken: string; refreshToken: string }

type Next = { subject: TokenSubject; token: RefreshToken }

/**
 * Trades a refresh token for an access token and the refresh token's successor. Used again within the reuse interval it
 * gets the same successor, so that two tabs and a lost answer sign nobody out; used again later it ends the session, because
 * one of its two users is a thief. Source: RFC 9700 section 4.14.2.
 */
export async function refreshSession(
  context: Context,
  text: string | undefined,
  client: Client,
): Promise<Refreshed> {
  await context.limits.take('refresh-by-address', addressKey(client.address))
  const token = readRefreshToken(text ?? '')
  const next = token && ((await rotate(context, token, client)) ?? (await repeat(context, token, client)))
  context.metrics.refreshes.inc({ result: next ? 'ok' : 'refused' })
  if (!next) throw new SessionOver(context.cookies.clearRefreshToken())
  return {
    accessToken: await issueAccessToken(context, next.subject),
    refreshToken: writeRefreshToken(next.token),
  }
}

async function rotate(context: Context, token: RefreshToken, { address }: Client): Promise<Next | null> {
  const now = context.clock()
  const successorSalt = newSalt()
  const successor = successorOf(token, successorSalt)
  const subject = await context.sessions.rotateSession({
    seriesHash: hashPart(token.series),
    tokenHash: hashPart(token.secret),
    successorHash: hashPart(successor.secret),
    successorSalt,
    address,
    now,
    idleSince: idleSince(context.config.sessions, now),
  })
  return subject && { subject, token: successor }
}

/** The token is not the current one. */
async function repeat(context: Context, token: RefreshToken, client: Client): Promise<Next | null> {
  const now = context.clock()
  const { sessions } = context.config
  const session = await context.sessions.findSessionBySeries(
    hashPart(token.series),
    now,
    idleSince(sessions, now),
  )
  if (!session?.isLive) return null
  const { previousTokenHash, successorSalt, refreshedAt } = session
  const isPrevious = previousTokenHash !== null && hashPart(token.secret).equals(previousTokenHash)
  if (isPrevious && successorSalt && isWithinReuse(sessions, refreshedAt, now))
    return { subject: session, token: successorOf(token, successorSalt) }
  await endStolenSession(context, session, client)
  return null
}

async function endStolenSession(context: Context, owner: SessionOwner, client: Client): Promise<void> {
  context.metrics.refreshes.inc({ result: 'reused' })
  await context.transact(async ({ sessions, events }) => {
    const isFirst = await sessions.removeSession(owner)
    if (!isFirst) return
    await events.addEvent({
      kind: 'refresh-token-reused',
      accountId: owner.accountId,
      client,
      now: context.clock(),
    })
  })
}

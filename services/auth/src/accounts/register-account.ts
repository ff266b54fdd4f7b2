import type { Context } from '../context.ts'
import type { Client } from '../events/describe-client.ts'
import { addressKey } from '../limits/address-key.ts'
import { PasswordRefused } from '../passwords/errors.ts'
import { passwordFault } from '../passwords/password-policy.ts'
import type { Account } from './account-store.ts'
import { AccountAlreadyExists } from './errors.ts'

export type Registration = { email: string; password: string }

/** A new account and, in the same transaction, the mail that verifies its address. */
export async function registerAccount(
  context: Context,
  { email, password }: Registration,
  client: Client,
): Promise<Account> {
  const account = await addAccount(context, { email, password }, client)
  if (!account) throw new AccountAlreadyExists('REGISTER_USER_ALREADY_EXISTS')
  return account
}

/** As registerAccount, but does not tell whether there was an account: its owner learns of it by mail. */
export async function registerQuietly(
  context: Context,
  registration: Registration,
  client: Client,
): Promise<void> {
  if (await addAccount(context, registration, client)) return
  await context.outbox.addMail({
    kind: 'already-registered',
    recipient: registration.email,
    now: context.clock(),
  })
  context.mailSender.wake()
}

/** Null when the address is taken; the hash is made all the same, so that the time does not tell. */
async function addAccount(
  context: Context,
  { email, password }: Registration,
  client: Client,
): Promise<Account | null> {
  await context.limits.take('register-by-address', addressKey(client.address))
  const fault = passwordFault(password, email)
  if (fault) throw new PasswordRefused('REGISTER_INVALID_PASSWORD', fault)
  const hashedPassword = await context.passwords.hash(password)
  const now = context.clock()
  const account = await context.transact(async ({ accounts, events, outbox }) => {
    const added = await accounts.addAccount({ email, hashedPassword })
    if (!added) return null
    await events.addEvent({ kind: 'account-registered', accountId: added.id, client, now })
    await outbox.addMail({ kind: 'verify-address', recipient: added.email, now })
    return added
  })
  context.mailSender.wake()
  return account
}

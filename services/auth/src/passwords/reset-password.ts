import type { Context } from '../context.ts'
import type { Client } from '../events/describe-client.ts'
import { accountKey } from '../limits/account-key.ts'
import { addressKey } from '../limits/address-key.ts'
import { PasswordRefused, ResetTokenRefused } from './errors.ts'
import { passwordFault } from './password-policy.ts'

export type Reset = { token: string; password: string }

/**
 * Sets a new password by the link of a mail, ends every session and lifts the lock on the account's sign-in.
 * A password that is refused leaves the link good for another try.
 */
export async function resetPassword(
  context: Context,
  { token, password }: Reset,
  client: Client,
): Promise<void> {
  await context.limits.take('link-by-address', addressKey(client.address))
  const link = await context.links.find(token, 'reset')
  const account = link && (await context.accounts.findAccountById(link.accountId))
  if (!link || !account?.isActive) throw new ResetTokenRefused()
  const fault = passwordFault(password, account.email)
  if (fault) throw new PasswordRefused('RESET_PASSWORD_INVALID_PASSWORD', fault)
  const hashedPassword = await context.passwords.hash(password)
  const now = context.clock()
  await context.transact(async ({ accounts, linkTokens, sessions, events, outbox }) => {
    if (!(await linkTokens.consumeToken(link.hash))) throw new ResetTokenRefused()
    await accounts.changeAccount(account.id, { hashedPassword })
    await sessions.removeSessions(account.id)
    await events.addEvent({ kind: 'password-reset', accountId: account.id, client, now })
    const facts = { ...client, at: now.toISOString() }
    await outbox.addMail({ kind: 'password-changed', recipient: account.email, facts, now })
  })
  context.mailSender.wake()
  await context.limits.clear('sign-in-by-account', accountKey(account.email))
}

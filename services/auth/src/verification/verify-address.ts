import type { Account } from '../accounts/account-store.ts'
import type { Context } from '../context.ts'
import type { Client } from '../events/describe-client.ts'
import { accountKey } from '../limits/account-key.ts'
import { addressKey } from '../limits/address-key.ts'
import { AlreadyVerified, VerifyTokenRefused } from './errors.ts'

/** Notes that somebody asks for a verification link; the same row for every address, as in a reset. */
export async function requestVerification(context: Context, email: string, client: Client): Promise<void> {
  await context.limits.take('mail-by-address', addressKey(client.address))
  await context.limits.take('mail-by-account', accountKey(email))
  await context.outbox.addMail({ kind: 'verify-address', recipient: email, now: context.clock() })
  context.mailSender.wake()
}

/**
 * Verifies the address by the link of a mail. The link works once; followed again it says so, as FastAPI Users does,
 * which is why its token stays until it expires.
 */
export async function verifyAddress(context: Context, token: string, client: Client): Promise<Account> {
  await context.limits.take('link-by-address', addressKey(client.address))
  const link = await context.links.find(token, 'verify')
  const account = link && (await context.accounts.findAccountById(link.accountId))
  if (!account?.isActive) throw new VerifyTokenRefused()
  const now = context.clock()
  return context.transact(async ({ accounts, events }) => {
    if (!(await accounts.markVerified(account.id, account.email))) throw new AlreadyVerified()
    await events.addEvent({ kind: 'address-verified', accountId: account.id, client, now })
    return { ...account, isVerified: true }
  })
}

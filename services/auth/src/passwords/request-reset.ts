import type { Context } from '../context.ts'
import type { Client } from '../events/describe-client.ts'
import { accountKey } from '../limits/account-key.ts'
import { addressKey } from '../limits/address-key.ts'

/**
 * Notes that somebody asks for a reset link. The same row for a known and an unknown address, so that neither the answer nor
 * its time tells them apart: whether there is an account is looked up when the mail is made.
 */
export async function requestReset(context: Context, email: string, client: Client): Promise<void> {
  await context.limits.take('mail-by-address', addressKey(client.address))
  await context.limits.take('mail-by-account', accountKey(email))
  await context.outbox.addMail({ kind: 'reset-password', recipient: email, now: context.clock() })
  context.mailSender.wake()
}

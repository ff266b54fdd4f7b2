import type { Context } from '../context.ts'
import { endSubscription } from '../subscriptions/end-subscription.ts'

/** So many documents in one transaction, so that none of them is long. */
const documentsAtOnce = 500

/**
 * Removes all that belonged to a deleted account. Whatever interrupts it, doing it again goes on from there. What the payment
 * provider is asked comes last: while that is away, the rest is gone all the same.
 */
export async function eraseAccount(
  context: Context,
  { accountId }: { accountId: string },
  signal: AbortSignal,
): Promise<void> {
  const { erasure, deletedAccounts, clock } = context
  // Auth's database may have been restored since, and the account with it.
  if (!(await deletedAccounts.isDeleted(accountId))) return
  while ((await erasure.eraseDocuments(accountId, documentsAtOnce)) > 0) signal.throwIfAborted()
  await erasure.eraseMedia(accountId)
  await erasure.eraseRecords(accountId)
  await endSubscription(context, accountId)
  await deletedAccounts.noteErased(accountId, clock())
}

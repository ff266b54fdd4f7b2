import { eraseAccount } from './accounts/erase-account.ts'
import { followDeletedAccounts } from './accounts/follow-deleted-accounts.ts'
import type { Context } from './context.ts'
import { emptyOldTrash } from './documents/empty-trash.ts'
import { forgetAnswers } from './idempotency/forget-answers.ts'
import { type JobRunner, runJobs } from './jobs/run-jobs.ts'
import { makeVariants } from './media/make-variants.ts'
import { sweepMedia } from './media/sweep-media.ts'
import { checkSubscriptions } from './subscriptions/check-subscriptions.ts'
import { forgetPaymentEvents } from './subscriptions/forget-payment-events.ts'
import { syncSubscription } from './subscriptions/sync-subscription.ts'

/** The background work of this process: which feature does which kind of job. */
export function startWork(context: Context): JobRunner {
  const following = followDeletedAccounts(context)
  const jobs = runJobs(context, {
    'make-variants': ({ mediaId }, signal) => makeVariants(context, mediaId, signal),
    'sweep-media': (_, signal) => sweepMedia(context, signal),
    'empty-trash': () => emptyOldTrash(context),
    'sync-subscription': async ({ customerId }) => void (await syncSubscription(context, customerId)),
    'check-subscriptions': () => checkSubscriptions(context),
    'erase-account': (data, signal) => eraseAccount(context, data, signal),
    'forget-old-requests': async () => {
      await forgetAnswers(context)
      await forgetPaymentEvents(context)
    },
  })
  return {
    async stop() {
      await following?.stop()
      await jobs.stop()
    },
  }
}

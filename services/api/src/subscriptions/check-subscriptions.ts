import type { Context } from '../context.ts'

/** A renewal is heard of within this time; after it the provider is asked. */
const patienceMs = 86_400_000

/** Asks about subscriptions whose paid time is over, should the event that says so never have come. */
export async function checkSubscriptions(context: Context): Promise<void> {
  if (context.payment.provider === 'manual') return
  const overdue = new Date(context.clock().getTime() - patienceMs)
  const customers = await context.subscriptions.findOverdue(overdue)
  await context.jobs.sendJobs(
    'sync-subscription',
    customers.map((customerId) => ({ customerId })),
  )
}

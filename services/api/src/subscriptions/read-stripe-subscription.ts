import type Stripe from 'stripe'
import type { PaidSubscription } from './payment.ts'
import { type PaidPlan, paidPlans } from './plans.ts'

/** Whatever is not here gives no plan: never paid for, given up, paused or over. */
const statuses: Partial<Record<Stripe.Subscription.Status, PaidSubscription['status']>> = {
  trialing: 'active',
  active: 'active',
  past_due: 'past_due',
}

export function readStripeSubscription(
  { id, status, items, cancel_at, cancel_at_period_end }: Stripe.Subscription,
  prices: Record<PaidPlan, string[]>,
): PaidSubscription {
  const plan = paidPlans.findLast((name) => items.data.some(({ price }) => prices[name].includes(price.id)))
  const end = cancel_at ?? items.data[0]?.current_period_end
  return {
    id,
    plan: plan ?? null,
    status: statuses[status] ?? 'ended',
    currentPeriodEnd: end ? new Date(end * 1_000) : null,
    // Stripe's own portal sets a date where this service sets the flag.
    isEnding: cancel_at_period_end || cancel_at !== null,
  }
}

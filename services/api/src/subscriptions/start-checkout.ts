import type { Context } from '../context.ts'
import { requireOnline } from './create-payment.ts'
import { AlreadySubscribed } from './errors.ts'
import type { PaidPlan } from './plans.ts'
import type { Subscription } from './subscription-store.ts'
import { refreshSubscription } from './sync-subscription.ts'
import { planThatCounts } from './take-from-plan.ts'

/** The address of a page to pay for a plan at. Nothing changes before the provider says that it is paid. */
export async function startCheckout(context: Context, accountId: string, plan: PaidPlan): Promise<string> {
  const payment = requireOnline(context.payment)
  const { subscription } = await refreshSubscription(context, accountId)
  if (planThatCounts(context.plans, subscription).name !== 'free') throw new AlreadySubscribed()
  const customerId = subscription?.customerId ?? (await beginCustomer(context, accountId, subscription))
  return payment.openCheckout(customerId, accountId, plan)
}

/** Two at once, or a second try after a crash, get the same customer. */
async function beginCustomer(
  context: Context,
  accountId: string,
  before: Subscription | null,
): Promise<string> {
  const attempt = String(before?.askedAt.getTime() ?? 0)
  const made = await requireOnline(context.payment).createCustomer(accountId, attempt)
  return context.transact(async ({ subscriptions }) => {
    const stored = await subscriptions.lockSubscription(accountId)
    if (stored?.customerId) return stored.customerId
    const next = { ...(stored ?? nothingPaid(accountId)), customerId: made }
    await subscriptions.saveSubscription(next, context.clock())
    return made
  })
}

function nothingPaid(accountId: string): Subscription {
  return {
    accountId,
    plan: 'free',
    status: 'active',
    provider: 'stripe',
    customerId: null,
    providerSubscriptionId: null,
    currentPeriodEnd: null,
    cancelAtPeriodEnd: false,
    askedAt: new Date(0),
  }
}

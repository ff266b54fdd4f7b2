import type { Customer, PaidSubscription } from './payment.ts'
import { type PaidPlan, planNames } from './plans.ts'
import type { Subscription } from './subscription-store.ts'

type Counted = PaidSubscription & { plan: PaidPlan; status: 'active' | 'past_due' }

/**
 * What is to be stored after the provider was asked about a customer; null: nothing.
 * A grant and a plan at an unknown price stay, unless something is paid for.
 */
export function decideSubscription(
  stored: Subscription | null,
  customer: Customer | null,
  asked: Pick<Subscription, 'accountId' | 'customerId' | 'askedAt'>,
): Subscription | null {
  const best = findBest(customer?.subscriptions ?? [])
  if (best) return { ...asked, ...describe(best) }
  if (!stored) return null
  // A customer that is gone is never found again: the next checkout makes another.
  const kept = { ...stored, customerId: customer && asked.customerId, askedAt: asked.askedAt }
  if (!isPaid(stored) || hasUnknownPrice(customer)) return kept
  return { ...kept, status: 'ended', currentPeriodEnd: null, cancelAtPeriodEnd: false }
}

/** Whether the provider takes money for it. */
export function isPaid(subscription: Subscription | null): subscription is Subscription & {
  customerId: string
  providerSubscriptionId: string
} {
  return (
    subscription?.provider === 'stripe' &&
    subscription.providerSubscriptionId !== null &&
    subscription.status !== 'ended'
  )
}

/** Whether something lives that no plan is known for. */
export function hasUnknownPrice(customer: Customer | null): boolean {
  return Boolean(customer?.subscriptions.some(({ plan, status }) => plan === null && status !== 'ended'))
}

/** Of several the largest plan counts; of two alike the one without a failed payment, then the one that lasts longer. */
function findBest(subscriptions: PaidSubscription[]): Counted | undefined {
  const rank = ({ plan, status, currentPeriodEnd }: Counted) => [
    planNames.indexOf(plan),
    status === 'active' ? 1 : 0,
    currentPeriodEnd?.getTime() ?? 0,
  ]
  const compare = (one: Counted, other: Counted) => {
    const others = rank(other)
    return rank(one).reduce((result, value, index) => result || (others[index] ?? 0) - value, 0)
  }
  return subscriptions.filter(isCounted).sort(compare)[0]
}

function isCounted(subscription: PaidSubscription): subscription is Counted {
  return subscription.plan !== null && subscription.status !== 'ended'
}

function describe({ id, plan, status, currentPeriodEnd, isEnding }: Counted) {
  return {
    plan,
    status,
    provider: 'stripe' as const,
    providerSubscriptionId: id,
    currentPeriodEnd,
    cancelAtPeriodEnd: isEnding,
  }
}

import type { Context } from '../context.ts'
import type { Usage } from '../usage/usage-store.ts'
import { isPaid } from './decide-subscription.ts'
import type { Plan } from './plans.ts'
import type { PaymentProvider, Subscription, SubscriptionStatus } from './subscription-store.ts'
import { planThatCounts } from './take-from-plan.ts'

/** What an account has, what of it is used, and what it can do about it now. */
export type SubscriptionView = {
  plan: Plan
  status: SubscriptionStatus
  provider: PaymentProvider
  currentPeriodEnd: Date | null
  cancelAtPeriodEnd: boolean
  usage: Usage
  can: { checkout: boolean; change: boolean; cancel: boolean; resume: boolean; portal: boolean }
}

export async function readSubscription(context: Context, accountId: string): Promise<SubscriptionView> {
  const subscription = await context.subscriptions.findSubscription(accountId)
  const usage = await context.usage.readUsage(accountId)
  const plan = planThatCounts(context.plans, subscription)
  const { provider } = context.payment
  return {
    plan,
    status: subscription?.status ?? 'active',
    provider: subscription && plan.name !== 'free' ? subscription.provider : provider,
    currentPeriodEnd: subscription?.currentPeriodEnd ?? null,
    cancelAtPeriodEnd: subscription?.cancelAtPeriodEnd ?? false,
    usage,
    can: whatCanBeDone(subscription, plan, provider),
  }
}

function whatCanBeDone(subscription: Subscription | null, plan: Plan, provider: PaymentProvider) {
  const isOnline = provider === 'stripe'
  const isLive = isOnline && isPaid(subscription)
  const isEnding = Boolean(subscription?.cancelAtPeriodEnd)
  return {
    checkout: isOnline && plan.name === 'free',
    change: isLive,
    cancel: isLive && !isEnding,
    resume: isLive && isEnding,
    portal: isOnline && Boolean(subscription?.customerId),
  }
}

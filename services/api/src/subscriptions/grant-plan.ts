import type { Context } from '../context.ts'
import { isPaid } from './decide-subscription.ts'
import { AccountNotFound, PaidByStripe } from './errors.ts'
import type { PlanName } from './plans.ts'

/** Gives an account a plan that nobody pays for; the free one takes it away again. */
export async function grantPlan(context: Context, accountId: string, plan: PlanName): Promise<void> {
  await context.transact(async ({ subscriptions, deletedAccounts }) => {
    if (await deletedAccounts.isDeleted(accountId)) throw new AccountNotFound()
    const stored = await subscriptions.lockSubscription(accountId)
    if (isPaid(stored)) throw new PaidByStripe()
    if (plan === 'free' && !stored?.customerId) return subscriptions.removeSubscription(accountId)
    const granted = {
      accountId,
      plan,
      status: 'active' as const,
      provider: 'manual' as const,
      customerId: stored?.customerId ?? null,
      providerSubscriptionId: null,
      currentPeriodEnd: null,
      cancelAtPeriodEnd: false,
      // Not now: what the provider was asked before and answers after this still counts.
      askedAt: stored?.askedAt ?? new Date(0),
    }
    await subscriptions.saveSubscription(granted, context.clock())
  })
}

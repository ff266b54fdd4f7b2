import type { Stores } from '../context.ts'
import { PlanLimitReached } from './errors.ts'
import type { Plan, Plans } from './plans.ts'
import type { Subscription } from './subscription-store.ts'

type PlanStores = Pick<Stores, 'plans' | 'subscriptions' | 'usage'>

/** The plan that counts for an account now. */
export async function planOf({ plans, subscriptions }: PlanStores, accountId: string): Promise<Plan> {
  return planThatCounts(plans, await subscriptions.findSubscription(accountId))
}

/** While a payment is late the plan holds; without a subscription, or after it, there is the free one. */
export function planThatCounts(
  plans: Plans,
  subscription: Pick<Subscription, 'plan' | 'status'> | null,
): Plan {
  return subscription && subscription.status !== 'ended' ? plans[subscription.plan] : plans.free
}

/** Counts one more document, or throws PlanLimitReached. For inside the transaction that brings it back. */
export async function takeDocumentPlace(stores: PlanStores, accountId: string): Promise<void> {
  const plan = await planOf(stores, accountId)
  const only = { documents: plan.limits.documents, storageBytes: null }
  if (await stores.usage.changeUsage(accountId, { documents: 1 }, only)) return
  throw noDocumentPlace(plan, (await stores.usage.readUsage(accountId)).documents)
}

export function noDocumentPlace({ name, limits }: Plan, used: number): PlanLimitReached {
  return new PlanLimitReached({ limit: 'documents', plan: name, allowed: limits.documents, used })
}

/** Counts so many more bytes, or throws PlanLimitReached. For inside the transaction that adds them. */
export async function takeStorage(stores: PlanStores, accountId: string, bytes: number): Promise<void> {
  const { name, limits } = await planOf(stores, accountId)
  const only = { documents: null, storageBytes: limits.storageBytes }
  if (await stores.usage.changeUsage(accountId, { storageBytes: bytes }, only)) return
  const { storageBytes } = await stores.usage.readUsage(accountId)
  throw new PlanLimitReached({
    limit: 'storage_bytes',
    plan: name,
    allowed: limits.storageBytes,
    used: storageBytes,
  })
}

import type { Context, Stores } from '../context.ts'
import { requireOnline } from './create-payment.ts'
import { decideSubscription, hasUnknownPrice } from './decide-subscription.ts'
import { endCustomer } from './end-subscription.ts'
import type { Customer } from './payment.ts'
import type { Subscription } from './subscription-store.ts'

/** How it went, for the metrics. */
type SyncResult = 'written' | 'outdated' | 'nothing' | 'unknown_account' | 'other_account' | 'deleted_account'

/**
 * Stores what the provider says of a customer now. Events only say when to ask, so that their order, their age and their
 * number do not matter; of two that ask at once, the later question wins.
 */
export async function syncSubscription(context: Context, customerId: string): Promise<Customer | null> {
  const payment = requireOnline(context.payment)
  const waiting = await context.paymentEvents.findWaiting(customerId)
  const askedAt = await context.subscriptions.tellTime()
  const customer = await payment.readCustomer(customerId)
  const result = await context.transact(async (stores) => {
    await stores.paymentEvents.markHandled(waiting, context.clock())
    return store(stores, customer, { customerId, askedAt }, context.clock())
  })
  if (result === 'deleted_account') await endCustomer(context, customerId)
  note(context, customerId, customer, result)
  return customer
}

async function store(
  stores: Stores,
  customer: Customer | null,
  { customerId, askedAt }: { customerId: string; askedAt: Date },
  now: Date,
): Promise<SyncResult> {
  const owner = await stores.subscriptions.findOwner(customerId)
  const accountId = owner ?? customer?.accountId
  if (!accountId) return 'unknown_account'
  if (customer && customer.accountId !== accountId) return 'other_account'
  if (await stores.deletedAccounts.isDeleted(accountId)) return 'deleted_account'
  const stored = await stores.subscriptions.lockSubscription(accountId)
  if (stored?.customerId && stored.customerId !== customerId) return 'other_account'
  if (stored && stored.askedAt > askedAt) return 'outdated'
  const next = decideSubscription(stored, customer, { accountId, customerId, askedAt })
  if (!next) return 'nothing'
  await stores.subscriptions.saveSubscription(next, now)
  return 'written'
}

function note(
  { metrics, logger }: Context,
  customerId: string,
  customer: Customer | null,
  result: SyncResult,
): void {
  metrics.subscriptionSyncs.inc({ result })
  if (result === 'unknown_account' || result === 'other_account')
    logger.warn({ customerId, result }, 'a payment customer belongs to no account here; nothing is changed')
  if (hasUnknownPrice(customer))
    logger.warn({ customerId }, 'a subscription has a price of no plan; what was stored for it is kept')
}

/** An account's subscription as the provider has it now, and all that is known of its customer there. */
export async function refreshSubscription(
  context: Context,
  accountId: string,
): Promise<{ subscription: Subscription | null; customer: Customer | null }> {
  const stored = await context.subscriptions.findSubscription(accountId)
  if (!stored?.customerId) return { subscription: stored, customer: null }
  const customer = await syncSubscription(context, stored.customerId)
  return { subscription: await context.subscriptions.findSubscription(accountId), customer }
}

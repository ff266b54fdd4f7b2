import type { Context } from '../context.ts'
import { requireOnline } from './create-payment.ts'
import { isPaid } from './decide-subscription.ts'
import { NoSubscription, NotCancelled } from './errors.ts'
import type { PaidPlan } from './plans.ts'
import { refreshSubscription, syncSubscription } from './sync-subscription.ts'

/** Another plan from now on. What is beyond its limits stays; nothing is added until there is room. */
export async function changePlan(context: Context, accountId: string, plan: PaidPlan): Promise<void> {
  const { payment, subscription } = await requirePaid(context, accountId)
  if (subscription.plan === plan) return
  await payment.changePlan(subscription.providerSubscriptionId, plan)
  await syncSubscription(context, subscription.customerId)
}

/** Nothing more is paid; the plan holds until the end of the paid time. A second time changes nothing. */
export async function cancelSubscription(context: Context, accountId: string): Promise<void> {
  const { payment, subscription, customer } = await requirePaid(context, accountId)
  const paid = customer?.subscriptions.filter(({ status, isEnding }) => status !== 'ended' && !isEnding) ?? []
  for (const { id } of paid) await payment.endLater(id)
  await syncSubscription(context, subscription.customerId)
}

/** Takes a cancellation back while the paid time lasts. */
export async function resumeSubscription(context: Context, accountId: string): Promise<void> {
  const { payment, subscription } = await requirePaid(context, accountId)
  if (!subscription.cancelAtPeriodEnd) throw new NotCancelled()
  await payment.keep(subscription.providerSubscriptionId)
  await syncSubscription(context, subscription.customerId)
}

/** The address of the provider's page for cards and invoices. */
export async function openPortal(context: Context, accountId: string): Promise<string> {
  const payment = requireOnline(context.payment)
  const { subscription } = await refreshSubscription(context, accountId)
  if (!subscription?.customerId) throw new NoSubscription()
  return payment.openPortal(subscription.customerId)
}

/** Asks the provider first, because its news may still be on the way. */
async function requirePaid(context: Context, accountId: string) {
  const payment = requireOnline(context.payment)
  const { subscription, customer } = await refreshSubscription(context, accountId)
  if (!isPaid(subscription)) throw new NoSubscription()
  return { payment, subscription, customer }
}

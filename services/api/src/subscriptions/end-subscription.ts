import type { Context } from '../context.ts'
import { requireOnline } from './create-payment.ts'
import { isPaid } from './decide-subscription.ts'

/** For an account that is gone: nothing more is paid for it, and nothing is kept. A second time does no harm. */
export async function endSubscription(context: Context, accountId: string): Promise<void> {
  const stored = await context.subscriptions.findSubscription(accountId)
  if (!stored) return
  // Without the provider an unpaid customer is left alone, but a paid one would go on paying: that is to be seen.
  if (stored.customerId && (isPaid(stored) || context.payment.provider !== 'manual'))
    await endCustomer(context, stored.customerId)
  await context.subscriptions.removeSubscription(accountId)
}

/** What happens at the provider after this is heard of as an event again, and ends here again. */
export async function endCustomer({ payment, paymentEvents }: Context, customerId: string): Promise<void> {
  await requireOnline(payment).endAll(customerId)
  await paymentEvents.forgetCustomer(customerId)
}

import type { Context } from '../context.ts'
import { requireOnline } from './create-payment.ts'
import { PaymentEventNotFound } from './errors.ts'
import type { PaymentNotice } from './payment.ts'

/** Records a signed message of the provider together with the job that it asks for; one that came before, only once. */
export async function receiveEvent(
  context: Context,
  body: Uint8Array,
  signature: string | undefined,
): Promise<void> {
  const now = context.clock()
  const result = await read(context, body, signature, now).then((notice) => record(context, notice, now))
  context.metrics.paymentEvents.inc({ result })
}

async function read(context: Context, body: Uint8Array, signature = '', now: Date): Promise<PaymentNotice> {
  const payment = requireOnline(context.payment)
  try {
    return payment.readNotice(body, signature, now)
  } catch (error) {
    context.metrics.paymentEvents.inc({ result: 'refused' })
    throw error
  }
}

function record(context: Context, notice: PaymentNotice, now: Date): Promise<string> {
  const { id, kind, customerId, isRelevant, payload } = notice
  const event = { id, kind, customerId, payload, receivedAt: now, handledAt: isRelevant ? null : now }
  return context.transact(async ({ paymentEvents, jobs }) => {
    if (!(await paymentEvents.addEvent(event))) return 'duplicate'
    if (!isRelevant || !customerId) return 'ignored'
    await jobs.sendJob('sync-subscription', { customerId })
    return 'recorded'
  })
}

/** Handles an event again, as if it had come just now. */
export async function replayEvent(context: Context, id: string): Promise<void> {
  await context.transact(async ({ paymentEvents, jobs }) => {
    const event = await paymentEvents.findEvent(id)
    if (!event) throw new PaymentEventNotFound()
    if (!event.customerId) return
    await paymentEvents.markHandled([id], null)
    await jobs.sendJob('sync-subscription', { customerId: event.customerId })
  })
}

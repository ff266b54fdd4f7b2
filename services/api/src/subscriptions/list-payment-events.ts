import type { Context } from '../context.ts'
import type { PaymentEvent, PaymentEventPlace } from './payment-event-store.ts'

export type PaymentEventPage = { events: PaymentEvent[]; next: PaymentEventPlace | null }

/** One row more than asked for tells whether another page follows. */
export async function listPaymentEvents(
  context: Context,
  { limit, cursor }: { limit: number; cursor?: PaymentEventPlace | undefined },
): Promise<PaymentEventPage> {
  const found = await context.paymentEvents.listEvents(limit + 1, cursor)
  const events = found.slice(0, limit)
  const last = events.at(-1)
  const next = last && found.length > limit ? { receivedAt: last.receivedAt, id: last.id } : null
  return { events, next }
}

import { z } from 'zod'
import { EventUnreadable } from './errors.ts'
import type { PaymentNotice } from './payment.ts'

/** Kinds after which a subscription may be another. The rest is recorded and nothing more. */
const relevant =
  /^(customer\.deleted|customer\.subscription\.(created|updated|deleted|paused|resumed)|checkout\.session\.completed|invoice\.(paid|payment_failed))$/

const id = z.string().regex(/^[\w.-]{1,255}$/)
const perhaps = id.nullish().catch(null)

const event = z.object({
  id,
  type: z.string().regex(/^[\w.]{1,100}$/),
  created: z.number().nullish().catch(null),
  livemode: z.boolean().nullish().catch(null),
  data: z.object({
    object: z.object({
      id: perhaps,
      object: perhaps,
      status: perhaps,
      customer: z
        .union([id, z.object({ id }).transform((customer) => customer.id)])
        .nullish()
        .catch(null),
    }),
  }),
})

/** What counts of an event: whom it is about. Its news may be old, so they are not read. */
export function readStripeNotice(signed: unknown): PaymentNotice {
  const read = event.safeParse(signed)
  if (!read.success) throw new EventUnreadable(read.error)
  const { id, type, created, livemode, data } = read.data
  const { object } = data
  const customerId = (object.object === 'customer' ? object.id : object.customer) ?? null
  return {
    id,
    kind: type,
    customerId,
    isRelevant: customerId !== null && relevant.test(type),
    payload: {
      type,
      created: created ?? null,
      livemode: livemode ?? null,
      object: { object: object.object ?? null, id: object.id ?? null, status: object.status ?? null },
    },
  }
}

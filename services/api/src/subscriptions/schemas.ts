import { momentInCursor, pageCursor } from '@finity/kit/http/page-cursor.ts'
import { integerInQuery } from '@finity/kit/http/schema-parts.ts'
import { z } from 'zod'
import type { PaymentEvent } from './payment-event-store.ts'
import { type Plan, paidPlans, planNames } from './plans.ts'
import type { SubscriptionView } from './read-subscription.ts'

export const noQuery = z.strictObject({})

const plan = z.enum(planNames)
const provider = z.enum(['manual', 'stripe'])
const noLimit = 'null: no limit'

const limits = {
  documents: z.int().nullable().describe(noLimit),
  storage_bytes: z.int().nullable().describe(noLimit),
  upload_bytes: z.int().describe('Of one file'),
}

export const planList = z
  .object({
    items: z.array(
      z
        .object({ name: plan, label: z.string(), price_label: z.string().nullable(), ...limits })
        .meta({ title: 'Plan' }),
    ),
    payment: provider.describe('manual: superusers grant plans, nothing can be bought'),
  })
  .meta({ title: 'PlanList' })

export const subscriptionRead = z
  .object({
    plan: plan.describe('The plan that counts now: free, when there is no subscription or it has ended'),
    status: z.enum(['active', 'past_due', 'ended']),
    provider,
    current_period_end: z.iso.datetime().nullable(),
    cancel_at_period_end: z.boolean(),
    limits: z.object(limits),
    usage: z.object({ documents: z.int(), storage_bytes: z.int() }),
    can: z
      .object({
        checkout: z.boolean(),
        change: z.boolean(),
        cancel: z.boolean(),
        resume: z.boolean(),
        portal: z.boolean(),
      })
      .describe('What the account can do now'),
  })
  .meta({ title: 'Subscription' })

export const planChoice = z.strictObject({ plan: z.enum(paidPlans) }).meta({ title: 'PlanChoice' })

export const planGrant = z.strictObject({ plan }).meta({ title: 'PlanGrant' })

export const pageToOpen = z
  .object({ url: z.string().describe('Where to send the browser') })
  .meta({ title: 'PageToOpen' })

/** Not a UUID in the schema: a malformed id is an account that does not exist. */
export const accountPath = z.object({ account_id: z.string().meta({ format: 'uuid' }) })

export const paymentEventPath = z.object({ id: z.string().max(255) })

const eventCursor = pageCursor(z.object({ receivedAt: momentInCursor, id: z.string().max(255) }))

export const paymentEventQuery = z.strictObject({
  limit: integerInQuery({ min: 1, max: 100, fallback: 20 }),
  cursor: eventCursor.inQuery.optional(),
})

export const paymentEventPage = z
  .object({
    items: z.array(
      z
        .object({
          id: z.string(),
          kind: z.string(),
          customer_id: z.string().nullable(),
          received_at: z.iso.datetime(),
          handled_at: z.iso.datetime().nullable().describe('null: it waits'),
        })
        .meta({ title: 'PaymentEvent' }),
    ),
    next_cursor: z.string().nullable().describe('Asks for the next page; null on the last'),
  })
  .meta({ title: 'PaymentEventPage' })

export function toPlanItem({ name, label, priceLabel, limits }: Plan) {
  return { name, label, price_label: priceLabel, ...toLimits(limits) }
}

export function toSubscriptionRead(view: SubscriptionView): z.input<typeof subscriptionRead> {
  const { plan, status, provider, currentPeriodEnd, cancelAtPeriodEnd, usage, can } = view
  return {
    plan: plan.name,
    status,
    provider,
    current_period_end: currentPeriodEnd?.toISOString() ?? null,
    cancel_at_period_end: cancelAtPeriodEnd,
    limits: toLimits(plan.limits),
    usage: { documents: usage.documents, storage_bytes: usage.storageBytes },
    can,
  }
}

export function toPaymentEventPage(
  events: PaymentEvent[],
  next: { receivedAt: Date; id: string } | null,
): z.input<typeof paymentEventPage> {
  const items = events.map(({ id, kind, customerId, receivedAt, handledAt }) => ({
    id,
    kind,
    customer_id: customerId,
    received_at: receivedAt.toISOString(),
    handled_at: handledAt?.toISOString() ?? null,
  }))
  return { items, next_cursor: next && eventCursor.write(next) }
}

function toLimits({ documents, storageBytes, uploadBytes }: Plan['limits']) {
  return { documents, storage_bytes: storageBytes, upload_bytes: uploadBytes }
}

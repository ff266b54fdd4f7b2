import { bytesBody, defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { requireSuperuser } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { listPaymentEvents } from './list-payment-events.ts'
import { receiveEvent, replayEvent } from './receive-event.ts'
import * as schemas from './schemas.ts'

const tag = 'payment events'
const eventLimitBytes = 1_000_000

/** What the payment provider reports: taken in from it, shown to superusers. */
export function paymentEventRoutes(context: Context): Route[] {
  const guard = requireSuperuser(context)
  const receive = defineRoute({
    method: 'post',
    path: '/api/webhooks/stripe',
    operationId: 'receiveStripeEvent',
    summary: 'For Stripe: something happened to a subscription',
    tag,
    requestHeaders: { 'Stripe-Signature': 'When it was sent, and the signature of that and the body' },
    body: { as: 'bytes', schema: bytesBody, limitBytes: eventLimitBytes },
    answers: { 204: { description: 'Recorded, now or before' } },
    faults: { 400: ['SIGNATURE_INVALID', 'EVENT_UNREADABLE'], 409: ['PAYMENT_NOT_CONFIGURED'] },
    handler: async ({ body, request }) => {
      await receiveEvent(context, body, request.header('Stripe-Signature'))
      return { status: 204 }
    },
  })
  const list = defineRoute({
    method: 'get',
    path: '/api/payment-events',
    operationId: 'listPaymentEvents',
    summary: 'One page of what the payment provider reported, newest first, for superusers',
    tag,
    guard,
    query: schemas.paymentEventQuery,
    answers: { 200: { description: 'A page', schema: schemas.paymentEventPage } },
    faults: { 403: ['Forbidden'] },
    handler: async ({ query }) => {
      const { events, next } = await listPaymentEvents(context, query)
      return { status: 200, body: schemas.toPaymentEventPage(events, next) }
    },
  })
  const replay = defineRoute({
    method: 'post',
    path: '/api/payment-events/{id}/replay',
    operationId: 'replayPaymentEvent',
    summary: 'Handle an event again, for superusers',
    tag,
    guard,
    params: schemas.paymentEventPath,
    query: schemas.noQuery,
    answers: { 202: { description: 'It is handled soon' } },
    faults: { 403: ['Forbidden'], 404: ['PAYMENT_EVENT_NOT_FOUND'] },
    handler: async ({ params }) => {
      await replayEvent(context, params.id)
      return { status: 202 }
    },
  })
  return [receive, list, replay]
}

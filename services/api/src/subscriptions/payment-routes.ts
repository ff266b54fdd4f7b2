import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { requireAccount } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { answerWithSubscription } from './account-routes.ts'
import { cancelSubscription, changePlan, openPortal, resumeSubscription } from './change-subscription.ts'
import * as schemas from './schemas.ts'
import { startCheckout } from './start-checkout.ts'

const page = { 200: { description: 'A page of the payment provider', schema: schemas.pageToOpen } }
const changed = { 200: { description: 'Your subscription', schema: schemas.subscriptionRead } }

/** What people do about what they pay. */
export function paymentRoutes(context: Context): Route[] {
  return [...routesToPages(context), ...routesOfChanges(context)]
}

function routesToPages(context: Context): Route[] {
  const shared = sharedBy(context)
  const checkout = defineRoute({
    ...shared,
    path: '/api/subscription/checkout',
    operationId: 'startCheckout',
    summary: 'Where to pay for a plan',
    body: { as: 'json', schema: schemas.planChoice },
    answers: page,
    faults: faults('ALREADY_SUBSCRIBED'),
    handler: async ({ principal, body }) => ({
      status: 200,
      body: { url: await startCheckout(context, principal.accountId, body.plan) },
    }),
  })
  const portal = defineRoute({
    ...shared,
    path: '/api/subscription/portal',
    operationId: 'openPortal',
    summary: 'Where to see to cards and invoices',
    answers: page,
    faults: faults('NO_SUBSCRIPTION'),
    handler: async ({ principal }) => ({
      status: 200,
      body: { url: await openPortal(context, principal.accountId) },
    }),
  })
  return [checkout, portal]
}

function routesOfChanges(context: Context): Route[] {
  const shared = { ...sharedBy(context), answers: changed }
  const change = defineRoute({
    ...shared,
    path: '/api/subscription/change',
    operationId: 'changePlan',
    summary: 'Another plan from now on; the difference is paid at once',
    body: { as: 'json', schema: schemas.planChoice },
    faults: { ...faults('NO_SUBSCRIPTION'), 402: ['PAYMENT_FAILED'] },
    handler: async ({ principal, body }) => {
      await changePlan(context, principal.accountId, body.plan)
      return answerWithSubscription(context, principal.accountId)
    },
  })
  const cancel = defineRoute({
    ...shared,
    path: '/api/subscription/cancel',
    operationId: 'cancelSubscription',
    summary: 'Pay no more: the plan holds until the end of the paid time',
    faults: faults('NO_SUBSCRIPTION'),
    handler: async ({ principal }) => {
      await cancelSubscription(context, principal.accountId)
      return answerWithSubscription(context, principal.accountId)
    },
  })
  const resume = defineRoute({
    ...shared,
    path: '/api/subscription/resume',
    operationId: 'resumeSubscription',
    summary: 'Take a cancellation back while the paid time lasts',
    faults: faults('NO_SUBSCRIPTION', 'NOT_CANCELLED'),
    handler: async ({ principal }) => {
      await resumeSubscription(context, principal.accountId)
      return answerWithSubscription(context, principal.accountId)
    },
  })
  return [change, cancel, resume]
}

function sharedBy(context: Context) {
  return {
    method: 'post' as const,
    tag: 'subscriptions',
    guard: requireAccount(context),
    query: schemas.noQuery,
  }
}

function faults(...conflicts: string[]) {
  return { 409: ['PAYMENT_NOT_CONFIGURED', ...conflicts], 503: ['PAYMENT_UNAVAILABLE'] }
}

import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { requireAccount, requireSuperuser } from '../access/require-account.ts'
import type { Context } from '../context.ts'
import { grantPlan } from './grant-plan.ts'
import { readSubscription } from './read-subscription.ts'
import { requireAccountId } from './require-account-id.ts'
import * as schemas from './schemas.ts'

const tag = 'subscriptions'

/** What accounts have: read by themselves, read and granted by superusers. */
export function accountRoutes(context: Context): Route[] {
  const listPlans = defineRoute({
    method: 'get',
    path: '/api/plans',
    operationId: 'listPlans',
    summary: 'The plans, the smallest first',
    tag,
    query: schemas.noQuery,
    answers: { 200: { description: 'The plans', schema: schemas.planList } },
    handler: async () => ({
      status: 200,
      body: {
        items: Object.values(context.plans).map(schemas.toPlanItem),
        payment: context.payment.provider,
      },
    }),
  })
  const read = defineRoute({
    method: 'get',
    path: '/api/subscription',
    operationId: 'readSubscription',
    summary: 'Your plan, its limits and what you use of it',
    tag,
    guard: requireAccount(context),
    query: schemas.noQuery,
    answers: { 200: { description: 'Your subscription', schema: schemas.subscriptionRead } },
    handler: async ({ principal }) => answerWithSubscription(context, principal.accountId),
  })
  return [listPlans, read, ...superuserRoutes(context)]
}

function superuserRoutes(context: Context): Route[] {
  const shared = {
    path: '/api/subscriptions/{account_id}',
    tag,
    guard: requireSuperuser(context),
    params: schemas.accountPath,
    query: schemas.noQuery,
    answers: { 200: { description: "The account's subscription", schema: schemas.subscriptionRead } },
  }
  const readAny = defineRoute({
    ...shared,
    method: 'get',
    operationId: 'readSubscriptionOf',
    summary: "An account's plan, for superusers",
    faults: { 403: ['Forbidden'], 404: ['ACCOUNT_NOT_FOUND'] },
    handler: async ({ params }) => answerWithSubscription(context, requireAccountId(params.account_id)),
  })
  const grant = defineRoute({
    ...shared,
    method: 'put',
    operationId: 'grantPlan',
    summary: 'Give an account a plan by hand, or take it away with the free one, for superusers',
    body: { as: 'json', schema: schemas.planGrant },
    faults: { 403: ['Forbidden'], 404: ['ACCOUNT_NOT_FOUND'], 409: ['PAID_BY_STRIPE'] },
    handler: async ({ params, body }) => {
      const accountId = requireAccountId(params.account_id)
      await grantPlan(context, accountId, body.plan)
      return answerWithSubscription(context, accountId)
    },
  })
  return [readAny, grant]
}

/** The answer of every route that shows a subscription. */
export async function answerWithSubscription(context: Context, accountId: string) {
  const view = await readSubscription(context, accountId)
  return { status: 200 as const, body: schemas.toSubscriptionRead(view) }
}

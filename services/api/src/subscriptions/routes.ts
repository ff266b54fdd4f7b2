import type { Route } from '@finity/kit/http/define-route.ts'
import type { Context } from '../context.ts'
import { accountRoutes } from './account-routes.ts'
import { paymentEventRoutes } from './payment-event-routes.ts'
import { paymentRoutes } from './payment-routes.ts'

export function subscriptionRoutes(context: Context): Route[] {
  return [...accountRoutes(context), ...paymentRoutes(context), ...paymentEventRoutes(context)]
}

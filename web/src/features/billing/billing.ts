import type { paths } from '../../lib/api/api-schema.d.ts'

export type Subscription = paths['/api/subscription']['get']['responses'][200]['content']['application/json']
export type PlanList = paths['/api/plans']['get']['responses'][200]['content']['application/json']
export type Plan = PlanList['items'][number]
export type PaidPlanName = Exclude<Plan['name'], 'free'>

/** The name under which the account's subscription is kept. */
export const subscriptionKey = ['subscription'] as const

/** More is kept than the plan allows, as after a change to a smaller one. */
export function isOverLimit({ limits, usage }: Subscription): boolean {
  return (
    usage.documents > (limits.documents ?? Number.POSITIVE_INFINITY) ||
    usage.storage_bytes > (limits.storage_bytes ?? Number.POSITIVE_INFINITY)
  )
}

/** A superuser gave it: neither bought nor the free one. */
export function isGranted({ plan, provider }: Subscription): boolean {
  return plan !== 'free' && provider === 'manual'
}

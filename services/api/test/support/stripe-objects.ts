/** Objects as Stripe's API writes them, as far as the service could look. */

export const prices = { pro: 'price_pro', oldPro: 'price_pro_of_old', team: 'price_team' }

export type StripeCustomer = {
  id: string
  object: 'customer'
  deleted?: true
  metadata?: Record<string, string>
}

export type StripeSubscription = {
  id: string
  object: 'subscription'
  customer: string
  status: string
  cancel_at: number | null
  cancel_at_period_end: boolean
  items: { object: 'list'; data: StripeItem[]; has_more: boolean; url: string }
  metadata: Record<string, string>
}

type StripeItem = {
  id: string
  object: 'subscription_item'
  current_period_end: number
  price: { id: string; object: 'price' }
}

export type StripeSession = {
  id: string
  object: 'checkout.session'
  customer: string
  status: 'open' | 'complete' | 'expired'
  url: string | null
  price: string
}

export type SubscriptionParts = {
  price?: string
  status?: string
  periodEnd?: number
  cancel_at?: number | null
  cancel_at_period_end?: boolean
}

/** The end of the time paid for, in seconds. */
export const periodEnd = Date.UTC(2099, 0, 1) / 1_000

export function aSubscriptionObject(
  id: string,
  customer: string,
  parts: SubscriptionParts = {},
): StripeSubscription {
  const { price = prices.pro, status = 'active', periodEnd: end = periodEnd, ...cancel } = parts
  const item = {
    id: `si_${id}`,
    object: 'subscription_item' as const,
    current_period_end: end,
    price: { id: price, object: 'price' as const },
  }
  return {
    id,
    object: 'subscription',
    customer,
    status,
    cancel_at: null,
    cancel_at_period_end: false,
    items: {
      object: 'list',
      data: [item],
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    metadata: {},
    ...cancel,
  }
}

export function aListOf(data: unknown[], url: string) {
  return { object: 'list', data, has_more: false, url }
}

/** An error as Stripe answers it. */
export class StripeRefusal extends Error {
  readonly status: number
  readonly error: Record<string, string>

  constructor(status: number, type: string, message: string, code?: string) {
    super(message)
    this.status = status
    this.error = { type, message, ...(code && { code }) }
  }
}

export function noSuch(kind: string, id: string | undefined): StripeRefusal {
  return new StripeRefusal(404, 'invalid_request_error', `No such ${kind}: '${id}'`, 'resource_missing')
}

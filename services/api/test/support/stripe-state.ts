import { randomUUID } from 'node:crypto'
import {
  aListOf,
  aSubscriptionObject,
  noSuch,
  type StripeCustomer,
  StripeRefusal,
  type StripeSession,
  type StripeSubscription,
  type SubscriptionParts,
} from './stripe-objects.ts'

export type Form = Map<string, string>

type Route = { method: string; path: RegExp; parameters: RegExp; answer: (id: string, form: Form) => unknown }

export type StripeState = ReturnType<typeof createStripeState>

const over = ['canceled', 'incomplete_expired']

/** What Stripe knows, and how it changes by calls to its API. Parameters that a call does not have are refused, as there. */
export function createStripeState() {
  const customers = new Map<string, StripeCustomer>()
  const subscriptions = new Map<string, StripeSubscription>()
  const sessions = new Map<string, StripeSession>()
  let refusesCards = false

  const newId = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '')}`
  const currentOf = (customer: string) =>
    [...subscriptions.values()].filter((each) => each.customer === customer && !over.includes(each.status))

  function find<T>(kind: string, things: Map<string, T>, id: string | undefined): T {
    const found = things.get(id ?? '')
    if (!found) throw noSuch(kind, id)
    return found
  }

  function livingCustomer(id: string | undefined): StripeCustomer {
    const customer = find('customer', customers, id)
    if (customer.deleted) throw noSuch('customer', id)
    return customer
  }

  function addCustomer(accountId?: string): string {
    const id = newId('cus')
    customers.set(id, { id, object: 'customer', metadata: accountId ? { account_id: accountId } : {} })
    return id
  }

  function addSubscription(customer: string, parts: SubscriptionParts = {}): string {
    const id = newId('sub')
    subscriptions.set(id, aSubscriptionObject(id, customer, parts))
    return id
  }

  function changeSubscription(id: string, form: Form): StripeSubscription {
    const subscription = find('subscription', subscriptions, id)
    if (over.includes(subscription.status))
      throw new StripeRefusal(400, 'invalid_request_error', 'A canceled subscription can only be described')
    if (form.has('cancel_at') && form.has('cancel_at_period_end'))
      throw new StripeRefusal(400, 'invalid_request_error', 'You may only pass in one of cancel_at, …')
    changeItem(subscription, form)
    if (form.has('cancel_at')) subscription.cancel_at = Number(form.get('cancel_at')) || null
    if (form.has('cancel_at_period_end'))
      subscription.cancel_at_period_end = form.get('cancel_at_period_end') === 'true'
    return subscription
  }

  function changeItem({ items }: StripeSubscription, form: Form): void {
    const id = form.get('items[0][price]')
    if (!id) return
    const item = items.data.find((each) => each.id === form.get('items[0][id]'))
    if (!item) throw noSuch('subscription item', form.get('items[0][id]'))
    if (refusesCards) throw new StripeRefusal(402, 'card_error', 'Declined.', 'card_declined')
    item.price.id = id
  }

  function openSession(form: Form): StripeSession {
    const { id: customer } = livingCustomer(form.get('customer'))
    const id = newId('cs')
    const url = `https://checkout.stripe.test/${id}`
    const price = form.get('line_items[0][price]') ?? ''
    const session = { id, object: 'checkout.session', customer, status: 'open', url, price } as const
    sessions.set(id, { ...session })
    return session
  }

  function closeSession(id: string): StripeSession {
    const session = find('checkout.session', sessions, id)
    if (session.status !== 'open')
      throw new StripeRefusal(
        400,
        'invalid_request_error',
        'Only Checkout Sessions with a status in ["open"] …',
      )
    return Object.assign(session, { status: 'expired', url: null })
  }

  const routes: Route[] = [
    {
      method: 'POST',
      path: /^customers$/,
      parameters: /^metadata\[account_id]$/,
      answer: (_, form) => customers.get(addCustomer(form.get('metadata[account_id]'))),
    },
    {
      method: 'GET',
      path: /^customers\/(\w+)$/,
      parameters: /^expand\[0]$/,
      answer: (id, form) => {
        const customer = find('customer', customers, id)
        if (customer.deleted) return { id, object: 'customer', deleted: true }
        if (form.get('expand[0]') !== 'subscriptions') return customer
        return { ...customer, subscriptions: aListOf(currentOf(id), `/v1/customers/${id}/subscriptions`) }
      },
    },
    {
      method: 'GET',
      path: /^subscriptions$/,
      parameters: /^(customer|limit)$/,
      answer: (_, form) => aListOf(currentOf(livingCustomer(form.get('customer')).id), '/v1/subscriptions'),
    },
    {
      method: 'GET',
      path: /^subscriptions\/(\w+)$/,
      parameters: /^$/,
      answer: (id) => find('subscription', subscriptions, id),
    },
    {
      method: 'POST',
      path: /^subscriptions\/(\w+)$/,
      parameters:
        /^(items\[0]\[(id|price)]|proration_behavior|payment_behavior|cancel_at|cancel_at_period_end)$/,
      answer: changeSubscription,
    },
    {
      method: 'DELETE',
      path: /^subscriptions\/(\w+)$/,
      parameters: /^$/,
      answer: (id) => {
        const subscription = find('subscription', subscriptions, id)
        if (over.includes(subscription.status)) throw noSuch('subscription', id)
        return Object.assign(subscription, { status: 'canceled' })
      },
    },
    {
      method: 'GET',
      path: /^checkout\/sessions$/,
      parameters: /^(customer|status|limit)$/,
      answer: (_, form) => {
        const { id } = livingCustomer(form.get('customer'))
        const found = [...sessions.values()].filter(
          ({ customer, status }) => customer === id && status === form.get('status'),
        )
        return aListOf(found, '/v1/checkout/sessions')
      },
    },
    {
      method: 'POST',
      path: /^checkout\/sessions$/,
      parameters:
        /^(mode|customer|client_reference_id|line_items\[0]\[(price|quantity)]|subscription_data\[metadata]\[account_id]|success_url|cancel_url)$/,
      answer: (_, form) => openSession(form),
    },
    {
      method: 'POST',
      path: /^checkout\/sessions\/(\w+)\/expire$/,
      parameters: /^$/,
      answer: closeSession,
    },
    {
      method: 'POST',
      path: /^billing_portal\/sessions$/,
      parameters: /^(customer|return_url)$/,
      answer: (_, form) => {
        const { id } = livingCustomer(form.get('customer'))
        return { object: 'billing_portal.session', url: `https://portal.stripe.test/${id}` }
      },
    },
  ]

  function answer(method: string, path: string, form: Form): unknown {
    const route = routes.find((each) => each.method === method && each.path.test(path))
    if (!route) throw new StripeRefusal(404, 'invalid_request_error', `Unrecognized request URL (${path})`)
    const unknown = [...form.keys()].find((name) => !route.parameters.test(name))
    if (unknown)
      throw new StripeRefusal(400, 'invalid_request_error', `Received unknown parameter: ${unknown}`)
    return route.answer(route.path.exec(path)?.[1] ?? '', form)
  }

  return {
    answer,
    addCustomer,
    addSubscription,
    subscriptions,
    sessions,
    /** Somebody pays at a checkout page, by its address. */
    pay(url: string): string {
      const session = [...sessions.values()].find((each) => each.url === url)
      if (!session) throw new Error('this checkout page is closed')
      session.status = 'complete'
      return addSubscription(session.customer, { price: session.price })
    },
    change: (id: string, change: Partial<StripeSubscription>) =>
      void Object.assign(find('subscription', subscriptions, id), change),
    setOwner: (id: string, accountId: string) => {
      find('customer', customers, id).metadata = { account_id: accountId }
    },
    deleteCustomer(id: string) {
      for (const each of currentOf(id)) each.status = 'canceled'
      customers.set(id, { id, object: 'customer', deleted: true })
    },
    refuseCards: (refuse: boolean) => {
      refusesCards = refuse
    },
  }
}

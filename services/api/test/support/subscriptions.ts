import { randomUUID } from 'node:crypto'
import type { Answer } from '@finity/kit/testing/send-request.ts'
import { vi } from 'vitest'
import { anEvent, type EventParts, type FakeStripe, signatureOf } from './fake-stripe.ts'
import type { Api } from './start-api.ts'

export type TestSubscription = {
  plan: string
  status: string
  provider: string
  current_period_end: string | null
  cancel_at_period_end: boolean
  limits: Record<string, number | null>
  usage: Record<string, number>
  can: Record<string, boolean>
}

export type Subscriber = { accountId: string; token: string; customerId: string; subscriptionId: string }

export async function anAccount(api: Api): Promise<{ accountId: string; token: string }> {
  const accountId = randomUUID()
  return { accountId, token: await api.issuer.sign(accountId) }
}

export function aSuperuser(api: Api): Promise<string> {
  return api.issuer.sign(randomUUID(), { superuser: true })
}

/** Delivers a signed event about a customer. */
export function deliver(api: Api, customerId: string, parts: EventParts = {}): Promise<Answer> {
  return deliverBody(api, anEvent(customerId, parts))
}

/** Again while the service is too busy, as Stripe does. */
export async function deliverBody(api: Api, body: string, signature = signatureOf(body)): Promise<Answer> {
  const answer = await api.send('/api/webhooks/stripe', {
    raw: { body, type: 'application/json; charset=utf-8' },
    headers: { 'Stripe-Signature': signature },
  })
  return answer.status === 503 ? deliverBody(api, body, signature) : answer
}

export async function subscriptionOf(api: Api, token: string): Promise<TestSubscription> {
  const { body } = await api.send('/api/subscription', { token })
  return body as TestSubscription
}

/** The address of a page to pay at. Asks again while the service is too busy to answer. */
async function openCheckout(api: Api, token: string, plan: string): Promise<string> {
  const { status, body } = await api.send('/api/subscription/checkout', { token, json: { plan } })
  return status === 503 ? openCheckout(api, token, plan) : (body as { url: string }).url
}

/** An account that began to pay: it has a customer at Stripe, and nothing else. */
export async function aCustomer(api: Api, stripe: FakeStripe): Promise<Omit<Subscriber, 'subscriptionId'>> {
  const { accountId, token } = await anAccount(api)
  const url = await openCheckout(api, token, 'pro')
  const session = [...stripe.sessions.values()].find((each) => each.url === url)
  return { accountId, token, customerId: session?.customer ?? '' }
}

/** An account that paid for a plan and whose subscription is known. Needs the background work. */
export async function aSubscriber(api: Api, stripe: FakeStripe, plan = 'pro'): Promise<Subscriber> {
  const { accountId, token } = await anAccount(api)
  const subscriptionId = stripe.pay(await openCheckout(api, token, plan))
  const customerId = stripe.subscriptions.get(subscriptionId)?.customer ?? ''
  await deliver(api, customerId, { type: 'customer.subscription.created' })
  await vi.waitUntil(async () => (await subscriptionOf(api, token)).plan === plan, { timeout: 10_000 })
  return { accountId, token, customerId, subscriptionId }
}

import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { aFakeStripe, type FakeStripe } from '../support/fake-stripe.ts'
import { startApi } from '../support/start-api.ts'
import { prices } from '../support/stripe-objects.ts'
import {
  aCustomer,
  aSubscriber,
  aSuperuser,
  deliver,
  subscriptionOf,
  type TestSubscription,
} from '../support/subscriptions.ts'

const stripe = await aFakeStripe()
const api = await startApi({ environment: stripe.environment })
const superuser = await aSuperuser(api)
api.startWork()

const day = 86_400

/** Resolves when all that came about a customer is handled. */
async function handled(customerId: string): Promise<void> {
  await vi.waitUntil(
    async () => {
      const { body } = await api.send('/api/payment-events?limit=100', { token: superuser })
      const { items } = body as { items: { customer_id: string; handled_at: string | null }[] }
      return items.every((event) => event.customer_id !== customerId || event.handled_at)
    },
    { timeout: 15_000 },
  )
}

/** Delivers an event and returns what the account has after it. */
async function after(customerId: string, token: string, type?: string): Promise<TestSubscription> {
  await deliver(api, customerId, type ? { type } : {})
  await handled(customerId)
  return subscriptionOf(api, token)
}

function callsFor({ calls }: FakeStripe, customerId: string): number {
  return calls().filter(({ method, path }) => method === 'GET' && path === `customers/${customerId}`).length
}

test('keeps the plan while Stripe tries to get a late payment', async () => {
  const { token, customerId, subscriptionId } = await aSubscriber(api, stripe)
  stripe.change(subscriptionId, { status: 'past_due' })

  const subscription = await after(customerId, token, 'invoice.payment_failed')

  expect(subscription).toMatchObject({ plan: 'pro', status: 'past_due', can: { portal: true, cancel: true } })
})

test.each([
  'canceled',
  'unpaid',
  'paused',
  'incomplete_expired',
])('takes the plan away when the subscription is %s', async (status) => {
  const { token, customerId, subscriptionId } = await aSubscriber(api, stripe)
  stripe.change(subscriptionId, { status })

  const subscription = await after(customerId, token, 'customer.subscription.deleted')

  expect(subscription).toMatchObject({
    plan: 'free',
    status: 'ended',
    limits: { documents: 100 },
    can: { checkout: true, change: false, cancel: false },
  })
})

test('takes a trial for a subscription', async () => {
  const { token, customerId, subscriptionId } = await aSubscriber(api, stripe)
  stripe.change(subscriptionId, { status: 'trialing' })

  const subscription = await after(customerId, token)

  expect(subscription).toMatchObject({ plan: 'pro', status: 'active' })
})

test('shows the end that was set in pages of Stripe, which say it otherwise', async () => {
  const { token, customerId, subscriptionId } = await aSubscriber(api, stripe)
  stripe.change(subscriptionId, { cancel_at: Date.UTC(2098, 0, 1) / 1_000 })

  const subscription = await after(customerId, token)

  expect(subscription).toMatchObject({
    cancel_at_period_end: true,
    current_period_end: '2098-01-01T00:00:00.000Z',
    can: { resume: true, cancel: false },
  })
})

test('asks Stripe instead of believing an event, so that old news changes nothing', async () => {
  const { token, customerId } = await aSubscriber(api, stripe, 'team')

  const subscription = await after(customerId, token, 'customer.subscription.deleted')

  expect(subscription).toMatchObject({ plan: 'team', status: 'active' })
})

test.each<[string, { price?: string; status?: string }[], string, string]>([
  ['the larger plan', [{ price: prices.team }, { price: prices.pro }], 'team', 'active'],
  ['the larger plan, paid late,', [{ price: prices.team, status: 'past_due' }, {}], 'team', 'past_due'],
  ['the one without a late payment', [{ status: 'past_due' }, {}], 'pro', 'active'],
  ['the living one', [{ price: prices.team, status: 'unpaid' }, {}], 'pro', 'active'],
  ['the one at a known price', [{ price: 'price_of_something' }, {}], 'pro', 'active'],
])('of several subscriptions counts %s', async (_case, subscriptions, plan, status) => {
  const { token, customerId } = await aCustomer(api, stripe)
  for (const each of subscriptions) stripe.addSubscription(customerId, each)

  const subscription = await after(customerId, token)

  expect(subscription).toMatchObject({ plan, status })
})

test('knows the plan at an earlier price', async () => {
  const { token, customerId } = await aCustomer(api, stripe)
  stripe.addSubscription(customerId, { price: prices.oldPro })

  const subscription = await after(customerId, token)

  expect(subscription.plan).toBe('pro')
})

test('keeps what was stored when it does not know the price, and says so in the log', async () => {
  const { token, customerId, subscriptionId } = await aSubscriber(api, stripe)
  stripe.subscriptions.get(subscriptionId)?.items.data.forEach((item) => {
    item.price.id = 'price_of_next_year'
  })

  const subscription = await after(customerId, token)

  const line = api
    .log()
    .split('\n')
    .find((each) => each.includes(customerId))
  expect(subscription).toMatchObject({ plan: 'pro', status: 'active' })
  expect(line).toContain('a price of no plan')
})

test('gives nothing to an account whose customer says that it is of another', async () => {
  const { token, customerId, subscriptionId } = await aSubscriber(api, stripe)
  stripe.setOwner(customerId, randomUUID())
  stripe.change(subscriptionId, { status: 'canceled' })

  const subscription = await after(customerId, token)

  expect(subscription).toMatchObject({ plan: 'pro', status: 'active' })
  expect(await api.metrics()).toMatch(/api_subscription_syncs_total\{result="other_account"/)
})

test('gives an account nothing for a second customer that says it is of it', async () => {
  const { accountId, token } = await aSubscriber(api, stripe)
  const second = stripe.addCustomer(accountId)
  stripe.addSubscription(second, { price: prices.team })

  const subscription = await after(second, token)

  expect(subscription.plan).toBe('pro')
})

test.each([
  undefined,
  'somebody',
])('does nothing about a customer that was made for no account (%s)', async (accountId) => {
  const customerId = stripe.addCustomer(accountId)
  stripe.addSubscription(customerId)
  await deliver(api, customerId)

  await handled(customerId)

  expect(await api.metrics()).toMatch(/api_subscription_syncs_total\{result="unknown_account"/)
})

test('finds the account of a customer that it forgot by what the customer says', async () => {
  const accountId = randomUUID()
  const customerId = stripe.addCustomer(accountId)
  stripe.addSubscription(customerId, { price: prices.team })

  const subscription = await after(customerId, await api.issuer.sign(accountId))

  expect(subscription).toMatchObject({ plan: 'team', provider: 'stripe' })
})

test('ends the plan of an account whose customer was deleted', async () => {
  const { token, customerId } = await aSubscriber(api, stripe)
  stripe.deleteCustomer(customerId)

  const subscription = await after(customerId, token, 'customer.deleted')

  expect(subscription).toMatchObject({
    plan: 'free',
    status: 'ended',
    can: { checkout: true, portal: false },
  })
})

test('believes the later of two answers, whichever comes first', async () => {
  const { token, customerId, subscriptionId } = await aSubscriber(api, stripe)
  const slow = stripe.holdAnswer()
  await deliver(api, customerId)
  await slow.asked
  stripe.change(subscriptionId, { status: 'canceled' })
  const asked = callsFor(stripe, customerId)

  await deliver(api, customerId, { type: 'customer.subscription.deleted' })
  await vi.waitUntil(() => callsFor(stripe, customerId) > asked)
  await vi.waitUntil(async () => (await subscriptionOf(api, token)).status === 'ended')
  slow.release()
  await vi.waitUntil(async () => (await api.metrics()).includes('result="outdated"'), { timeout: 10_000 })

  expect(await subscriptionOf(api, token)).toMatchObject({ plan: 'free', status: 'ended' })
})

test('asks for a customer again when a superuser has its event handled again', async () => {
  const { token, customerId, subscriptionId } = await aSubscriber(api, stripe)
  const id = `evt_again_${customerId}`
  await deliver(api, customerId, { id })
  await handled(customerId)
  stripe.change(subscriptionId, { status: 'past_due' })

  const answer = await api.send(`/api/payment-events/${id}/replay`, { method: 'POST', token: superuser })
  await handled(customerId)

  expect(answer.status).toBe(202)
  expect(await subscriptionOf(api, token)).toMatchObject({ status: 'past_due' })
})

test('asks about a subscription whose paid time is over, although no event came', async () => {
  const { token, customerId, subscriptionId } = await aSubscriber(api, stripe)
  const yesterday = Math.floor(Date.now() / 1_000) - 2 * day
  stripe.change(subscriptionId, { cancel_at: yesterday })
  await after(customerId, token)
  stripe.change(subscriptionId, { status: 'canceled' })

  await api.sendJob('check-subscriptions', {})

  await expect.poll(async () => (await subscriptionOf(api, token)).status, { timeout: 10_000 }).toBe('ended')
})

test.each(['cut', 'failing'] as const)('loses no news while Stripe is away (%s)', async (trouble) => {
  const { token, customerId, subscriptionId } = await aSubscriber(api, stripe)
  stripe.setTrouble(trouble)
  const asked = callsFor(stripe, customerId)
  stripe.change(subscriptionId, { status: 'past_due' })
  await deliver(api, customerId)
  await vi.waitUntil(() => callsFor(stripe, customerId) > asked, { timeout: 10_000 })

  stripe.setTrouble(null)

  const status = async () => (await subscriptionOf(api, token)).status
  await expect.poll(status, { timeout: 15_000 }).toBe('past_due')
})

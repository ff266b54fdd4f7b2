import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aFakeStripe } from '../support/fake-stripe.ts'
import { startApi } from '../support/start-api.ts'
import { aCustomer, anAccount, aSubscriber, subscriptionOf } from '../support/subscriptions.ts'

const stripe = await aFakeStripe()
const api = await startApi({ environment: stripe.environment })
api.startWork()
const path = '/api/subscription/checkout'

test('sends people to a page of Stripe that brings them back to the app', async () => {
  const { accountId, token } = await anAccount(api)

  const answer = await api.send(path, { token, json: { plan: 'team' } })

  const call = stripe.calls().at(-1)
  expect(answer).toMatchObject({
    status: 200,
    body: { url: expect.stringContaining('checkout.stripe.test') },
  })
  expect(Object.fromEntries(call?.form ?? [])).toMatchObject({
    mode: 'subscription',
    client_reference_id: accountId,
    'line_items[0][price]': 'price_team',
    success_url: 'https://app.test/billing?checkout=done',
    cancel_url: 'https://app.test/billing?checkout=cancelled',
  })
})

test('gives the plan once it is paid for', async () => {
  const { token } = await aSubscriber(api, stripe, 'pro')

  const subscription = await subscriptionOf(api, token)

  expect(subscription).toMatchObject({
    plan: 'pro',
    status: 'active',
    provider: 'stripe',
    current_period_end: '2099-01-01T00:00:00.000Z',
    cancel_at_period_end: false,
    limits: { documents: 10_000, storage_bytes: 50_000_000_000, upload_bytes: 500_000_000 },
    can: { checkout: false, change: true, cancel: true, resume: false, portal: true },
  })
})

test('gives no plan before it is paid for', async () => {
  const { token } = await aCustomer(api, stripe)

  const subscription = await subscriptionOf(api, token)

  expect(subscription).toMatchObject({
    plan: 'free',
    status: 'active',
    can: { checkout: true, portal: true },
  })
})

test('sells nothing twice', async () => {
  const { token } = await aSubscriber(api, stripe)

  const answer = await api.send(path, { token, json: { plan: 'team' } })

  expectProblem(answer, 409, 'ALREADY_SUBSCRIBED')
})

test('sells nothing twice while the news of the payment is still on its way', async () => {
  const { token } = await anAccount(api)
  const { body } = await api.send(path, { token, json: { plan: 'pro' } })
  stripe.pay((body as { url: string }).url)

  const answer = await api.send(path, { token, json: { plan: 'pro' } })

  expectProblem(answer, 409, 'ALREADY_SUBSCRIBED')
})

test('closes the page before when another is opened, so that nobody pays at both', async () => {
  const { token } = await anAccount(api)
  const first = await api.send(path, { token, json: { plan: 'pro' } })

  await api.send(path, { token, json: { plan: 'team' } })

  const { url } = first.body as { url: string }
  expect(() => stripe.pay(url)).toThrow('this checkout page is closed')
})

test('makes one customer of an account whose checkout is begun twice at once', async () => {
  const { accountId, token } = await anAccount(api)

  const answers = await Promise.all([1, 2].map(() => api.send(path, { token, json: { plan: 'pro' } })))

  const customers = [...stripe.sessions.values()].filter(({ url }) =>
    answers.some(({ body }) => (body as { url: string }).url === url),
  )
  const made = stripe.calls().filter(({ form }) => form.get('metadata[account_id]') === accountId)
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(new Set(customers.map(({ customer }) => customer)).size).toBe(1)
  expect(new Set(made.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1)
})

test('begins anew with an account whose customer was deleted at Stripe', async () => {
  const { token, customerId } = await aCustomer(api, stripe)
  stripe.deleteCustomer(customerId)

  const answer = await api.send(path, { token, json: { plan: 'pro' } })

  const customer = [...stripe.sessions.values()].at(-1)?.customer
  expect(answer.status).toBe(200)
  expect(customer).not.toBe(customerId)
})

test('does not sell the free plan', async () => {
  const { token } = await anAccount(api)

  const answer = await api.send(path, { token, json: { plan: 'free' } })

  expectFault(answer, 'literal_error', ['body', 'plan'])
})

test('opens the pages for cards and invoices of the account', async () => {
  const { token, customerId } = await aSubscriber(api, stripe)

  const answer = await api.send('/api/subscription/portal', { method: 'POST', token })

  expect(answer).toMatchObject({ status: 200, body: { url: `https://portal.stripe.test/${customerId}` } })
})

test('has no such pages for who never paid', async () => {
  const { token } = await anAccount(api)

  const answer = await api.send('/api/subscription/portal', { method: 'POST', token })

  expectProblem(answer, 409, 'NO_SUBSCRIPTION')
})

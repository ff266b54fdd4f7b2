import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { afterEach, expect, test } from 'vitest'
import { aFakeStripe, secretKey } from '../support/fake-stripe.ts'
import { startApi } from '../support/start-api.ts'
import { aCustomer, anAccount, aSubscriber } from '../support/subscriptions.ts'

const stripe = await aFakeStripe()
const api = await startApi({ environment: stripe.environment })
api.startWork()

afterEach(() => stripe.setTrouble(null))

function post(action: string, token: string, json?: object) {
  return api.send(`/api/subscription/${action}`, { method: 'POST', token, json })
}

test('changes the plan, and has the difference paid at once', async () => {
  const { token, subscriptionId } = await aSubscriber(api, stripe, 'pro')

  const answer = await post('change', token, { plan: 'team' })

  const call = stripe.calls().findLast(({ method }) => method === 'POST')
  expect(answer).toMatchObject({ status: 200, body: { plan: 'team', limits: { documents: null } } })
  expect(call?.path).toBe(`subscriptions/${subscriptionId}`)
  expect(Object.fromEntries(call?.form ?? [])).toMatchObject({
    proration_behavior: 'always_invoice',
    payment_behavior: 'error_if_incomplete',
  })
})

test('changes to a smaller plan than is used', async () => {
  const { token } = await aSubscriber(api, stripe, 'team')

  const answer = await post('change', token, { plan: 'pro' })

  expect(answer).toMatchObject({ status: 200, body: { plan: 'pro' } })
})

test('changes nothing at Stripe for the plan that is there already', async () => {
  const { token } = await aSubscriber(api, stripe, 'pro')
  const before = stripe.calls().filter(({ method }) => method === 'POST').length

  const answer = await post('change', token, { plan: 'pro' })

  expect(answer).toMatchObject({ status: 200, body: { plan: 'pro' } })
  expect(stripe.calls().filter(({ method }) => method === 'POST').length).toBe(before)
})

test('keeps the plan when the card is refused', async () => {
  const { token } = await aSubscriber(api, stripe, 'pro')
  stripe.refuseCards(true)

  const answer = await post('change', token, { plan: 'team' })
  stripe.refuseCards(false)

  const { body } = await api.send('/api/subscription', { token })
  expectProblem(answer, 402, 'PAYMENT_FAILED')
  expect(body).toMatchObject({ plan: 'pro' })
})

test('keeps a cancelled plan until the end of the paid time', async () => {
  const { token, subscriptionId } = await aSubscriber(api, stripe)

  const answer = await post('cancel', token)

  expect(answer).toMatchObject({
    status: 200,
    body: {
      plan: 'pro',
      status: 'active',
      cancel_at_period_end: true,
      current_period_end: '2099-01-01T00:00:00.000Z',
      can: { cancel: false, resume: true },
    },
  })
  expect(stripe.subscriptions.get(subscriptionId)).toMatchObject({ cancel_at_period_end: true })
})

test('takes a second cancellation for the first', async () => {
  const { token } = await aSubscriber(api, stripe)
  await post('cancel', token)

  const answer = await post('cancel', token)

  expect(answer).toMatchObject({ status: 200, body: { cancel_at_period_end: true } })
})

test('cancels all that is paid, should it be more than one subscription', async () => {
  const { token, customerId, subscriptionId } = await aSubscriber(api, stripe)
  const other = stripe.addSubscription(customerId)

  await post('cancel', token)

  const ending = [subscriptionId, other].map((id) => stripe.subscriptions.get(id)?.cancel_at_period_end)
  expect(ending).toEqual([true, true])
})

test.each<[string, object]>([
  ['here', { cancel_at_period_end: true }],
  ['on a page of Stripe', { cancel_at: Date.UTC(2098, 0, 1) / 1_000 }],
])('takes back a cancellation that was made %s', async (_case, cancelled) => {
  const { token, subscriptionId } = await aSubscriber(api, stripe)
  stripe.change(subscriptionId, cancelled)

  const answer = await post('resume', token)

  expect(answer).toMatchObject({ status: 200, body: { cancel_at_period_end: false, plan: 'pro' } })
})

test('has nothing to take back when nothing is cancelled', async () => {
  const { token } = await aSubscriber(api, stripe)

  const answer = await post('resume', token)

  expectProblem(answer, 409, 'NOT_CANCELLED')
})

test.each([
  ['change', { plan: 'team' }],
  ['cancel', undefined],
  ['resume', undefined],
])('cannot %s what nobody subscribed to', async (action, json) => {
  const { token } = await aCustomer(api, stripe)

  const answer = await post(action, token, json)

  expectProblem(answer, 409, 'NO_SUBSCRIPTION')
})

test('cannot cancel what ended at Stripe a moment ago', async () => {
  const { token, subscriptionId } = await aSubscriber(api, stripe)
  stripe.change(subscriptionId, { status: 'canceled' })

  const answer = await post('cancel', token)

  expectProblem(answer, 409, 'NO_SUBSCRIPTION')
})

test.each(['change', 'cancel', 'resume', 'portal', 'checkout'])('lets no stranger %s', async (action) => {
  const answer = await post(action, 'nobody', { plan: 'pro' })

  expectProblem(answer, 401, 'Unauthorized')
})

test.each([
  ['cuts connections', 'cut'],
  ['fails', 'failing'],
] as const)('says when to come back while Stripe %s', async (_case, trouble) => {
  const { token } = await aSubscriber(api, stripe)
  stripe.setTrouble(trouble)

  const answer = await post('cancel', token)

  expectProblem(answer, 503, 'PAYMENT_UNAVAILABLE')
  expect(answer.headers.get('retry-after')).toBe('30')
})

test('shows plan and usage while Stripe is away', async () => {
  const { token } = await aSubscriber(api, stripe)
  stripe.setTrouble('cut')

  const answer = await api.send('/api/subscription', { token })

  expect(answer).toMatchObject({ status: 200, body: { plan: 'pro' } })
})

test('logs why Stripe failed, and its key never', async () => {
  const { token } = await anAccount(api)
  stripe.setTrouble('echo')

  await post('checkout', token, { plan: 'pro' })

  expect(api.log()).toContain('Stripe: You sent Bearer [redacted] (StripeAPIError 500 req_test)')
  expect(api.log()).not.toContain(secretKey)
})

import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test, vi } from 'vitest'
import { aFakeStripe } from '../support/fake-stripe.ts'
import { startApi } from '../support/start-api.ts'
import { aCustomer, aSubscriber, aSuperuser, deliver, subscriptionOf } from '../support/subscriptions.ts'

const stripe = await aFakeStripe()
const api = await startApi({ environment: stripe.environment })
const superuser = await aSuperuser(api)
api.startWork()

function grant(accountId: string, plan: string) {
  return api.send(`/api/subscriptions/${accountId}`, { method: 'PUT', token: superuser, json: { plan } })
}

test('grants nothing to an account that pays', async () => {
  const { accountId } = await aSubscriber(api, stripe)

  const answer = await grant(accountId, 'team')

  expectProblem(answer, 409, 'PAID_BY_STRIPE')
})

test('keeps a grant when Stripe says that nothing is paid', async () => {
  const { accountId, token, customerId } = await aCustomer(api, stripe)
  await grant(accountId, 'team')
  const asked = stripe.calls().length

  await deliver(api, customerId)
  await vi.waitUntil(() => stripe.calls().length > asked, { timeout: 10_000 })
  await vi.waitUntil(async () => (await api.metrics()).includes('result="written"'), { timeout: 10_000 })

  expect(await subscriptionOf(api, token)).toMatchObject({ plan: 'team', provider: 'manual' })
})

test('lets a payment take the place of a grant, also one that was asked about before', async () => {
  const { accountId, token, customerId } = await aCustomer(api, stripe)
  stripe.addSubscription(customerId)
  const slow = stripe.holdAnswer()
  await deliver(api, customerId)
  await slow.asked

  await grant(accountId, 'team')
  slow.release()

  const provider = async () => (await subscriptionOf(api, token)).provider
  await expect.poll(provider, { timeout: 10_000 }).toBe('stripe')
})

test('sells nothing to an account that has a grant', async () => {
  const { accountId, token } = await aCustomer(api, stripe)
  await grant(accountId, 'pro')

  const answer = await api.send('/api/subscription/checkout', { token, json: { plan: 'team' } })

  expectProblem(answer, 409, 'ALREADY_SUBSCRIBED')
})

test('sells again after a grant was taken away', async () => {
  const { accountId, token, customerId } = await aCustomer(api, stripe)
  await grant(accountId, 'pro')
  await grant(accountId, 'free')

  const answer = await api.send('/api/subscription/checkout', { token, json: { plan: 'team' } })

  expect(answer.status).toBe(200)
  expect([...stripe.sessions.values()].at(-1)?.customer).toBe(customerId)
})

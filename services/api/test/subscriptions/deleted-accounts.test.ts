import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test, vi } from 'vitest'
import { endSubscription } from '../../src/subscriptions/end-subscription.ts'
import { aFakeStripe } from '../support/fake-stripe.ts'
import { startApi } from '../support/start-api.ts'
import { aCustomer, aSubscriber, aSuperuser, deliver } from '../support/subscriptions.ts'

const stripe = await aFakeStripe()
const api = await startApi({ environment: stripe.environment })
api.startWork()

/** What is kept of an account and its customer. */
async function rowsOf(accountId: string, customerId: string): Promise<unknown[]> {
  const subscriptions = await api.query('select 1 from subscription where account_id = $1', accountId)
  const events = await api.query('select 1 from payment_event where customer_id = $1', customerId)
  return [...subscriptions, ...events]
}

function noteDeleted(accountId: string): Promise<void> {
  return api.context.deletedAccounts.noteDeleted([{ accountId, deletedAt: new Date() }])
}

test('ends what is paid for an account that is gone, and keeps nothing of it', async () => {
  const { accountId, customerId, subscriptionId } = await aSubscriber(api, stripe)

  await endSubscription(api.context, accountId)

  expect(stripe.subscriptions.get(subscriptionId)).toMatchObject({ status: 'canceled' })
  expect(await rowsOf(accountId, customerId)).toEqual([])
})

test('closes the checkout page of an account that is gone', async () => {
  const { accountId } = await aCustomer(api, stripe)

  await endSubscription(api.context, accountId)

  expect([...stripe.sessions.values()].at(-1)?.status).toBe('expired')
})

test.each<[string, (customerId: string, subscriptionId: string) => void]>([
  ['the subscription ended already', (_, id) => stripe.change(id, { status: 'canceled' })],
  ['the customer is gone at Stripe', (id) => stripe.deleteCustomer(id)],
])('ends without a fault when %s', async (_case, happen) => {
  const { accountId, customerId, subscriptionId } = await aSubscriber(api, stripe)
  happen(customerId, subscriptionId)

  await endSubscription(api.context, accountId)

  expect(await rowsOf(accountId, customerId)).toEqual([])
})

test('forgets nothing before Stripe has ended what is paid', async () => {
  const { accountId, subscriptionId } = await aSubscriber(api, stripe)
  stripe.setTrouble('cut')

  const ending = endSubscription(api.context, accountId)
  await expect(ending).rejects.toThrow('PAYMENT_UNAVAILABLE')
  stripe.setTrouble(null)
  await endSubscription(api.context, accountId)

  expect(stripe.subscriptions.get(subscriptionId)).toMatchObject({ status: 'canceled' })
})

test('ends what was paid for an account after it was gone, and forgets that it was', async () => {
  const { accountId, customerId } = await aCustomer(api, stripe)
  await noteDeleted(accountId)
  await endSubscription(api.context, accountId)
  const subscriptionId = stripe.addSubscription(customerId)

  await deliver(api, customerId)

  const status = () => stripe.subscriptions.get(subscriptionId)?.status
  await vi.waitUntil(() => status() === 'canceled', { timeout: 10_000 })
  await expect.poll(() => rowsOf(accountId, customerId), { timeout: 10_000 }).toEqual([])
})

test('grants nothing to an account that is gone', async () => {
  const { accountId } = await aCustomer(api, stripe)
  await noteDeleted(accountId)

  const token = await aSuperuser(api)
  const answer = await api.send(`/api/subscriptions/${accountId}`, {
    method: 'PUT',
    token,
    json: { plan: 'pro' },
  })

  expectProblem(answer, 404, 'ACCOUNT_NOT_FOUND')
})

test('forgets events after 400 days', async () => {
  await deliver(api, 'cus_old', { type: 'tea.ready' })
  await deliver(api, 'cus_new', { type: 'tea.ready' })
  const old = new Date(Date.now() - 401 * 86_400_000)
  await api.query("update payment_event set received_at = $1 where customer_id = 'cus_old'", old)

  await api.sendJob('forget-old-requests', {})

  const kept = () => api.query("select customer_id as id from payment_event where kind = 'tea.ready'")
  await expect.poll(kept, { timeout: 10_000 }).toEqual([{ id: 'cus_new' }])
})

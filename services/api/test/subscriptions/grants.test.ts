import { randomUUID } from 'node:crypto'
import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { startApi } from '../support/start-api.ts'
import { anAccount, aSuperuser, subscriptionOf } from '../support/subscriptions.ts'

const api = await startApi()
const superuser = await aSuperuser(api)

function grant(accountId: string, plan: string, token = superuser) {
  return api.send(`/api/subscriptions/${accountId}`, { method: 'PUT', token, json: { plan } })
}

test('gives everybody the free plan', async () => {
  const { token } = await anAccount(api)

  const answer = await api.send('/api/subscription', { token })

  expect(answer).toMatchObject({
    status: 200,
    body: {
      plan: 'free',
      status: 'active',
      provider: 'manual',
      current_period_end: null,
      cancel_at_period_end: false,
      limits: { documents: 100, storage_bytes: 500_000_000, upload_bytes: 25_000_000 },
      usage: { documents: 0, storage_bytes: 0 },
      can: { checkout: false, change: false, cancel: false, resume: false, portal: false },
    },
  })
})

test('lets a superuser give an account a plan', async () => {
  const { accountId, token } = await anAccount(api)

  const answer = await grant(accountId, 'team')

  const subscription = await subscriptionOf(api, token)
  expect(answer).toMatchObject({ status: 200, body: subscription })
  expect(subscription).toMatchObject({ plan: 'team', provider: 'manual', limits: { documents: null } })
})

test('lets a superuser take the plan away again', async () => {
  const { accountId, token } = await anAccount(api)
  await grant(accountId, 'pro')

  await grant(accountId, 'free')

  expect(await subscriptionOf(api, token)).toMatchObject({ plan: 'free', limits: { documents: 100 } })
})

test('shows a superuser what an account has', async () => {
  const { accountId } = await anAccount(api)
  await grant(accountId, 'pro')

  const answer = await api.send(`/api/subscriptions/${accountId}`, { token: superuser })

  expect(answer).toMatchObject({ status: 200, body: { plan: 'pro' } })
})

test.each([
  ['give', 'PUT', { plan: 'team' }],
  ['see', 'GET', undefined],
])('lets superusers alone %s the plans of accounts', async (_case, method, json) => {
  const { accountId, token } = await anAccount(api)

  const answer = await api.send(`/api/subscriptions/${accountId}`, { method, token, json })

  expectProblem(answer, 403, 'Forbidden')
})

test('knows no plan of another name', async () => {
  const answer = await grant(randomUUID(), 'gold')

  expectFault(answer, 'literal_error', ['body', 'plan'])
})

test('knows no account without an id', async () => {
  const answer = await grant('nobody', 'pro')

  expectProblem(answer, 404, 'ACCOUNT_NOT_FOUND')
})

test.each(['checkout', 'change', 'cancel', 'resume', 'portal'])('sells nothing: %s', async (action) => {
  const { token } = await anAccount(api)
  const json = ['checkout', 'change'].includes(action) ? { plan: 'pro' } : undefined

  const answer = await api.send(`/api/subscription/${action}`, { method: 'POST', token, json })

  expectProblem(answer, 409, 'PAYMENT_NOT_CONFIGURED')
})

test('takes no events of a provider that it does not have', async () => {
  const raw = { body: '{}', type: 'application/json' }

  const answer = await api.send('/api/webhooks/stripe', { raw })

  expectProblem(answer, 409, 'PAYMENT_NOT_CONFIGURED')
})

import { startProcess } from '@finity/kit/testing/start-process.ts'
import { afterAll, expect, test } from 'vitest'
import { aFakeStripe } from '../support/fake-stripe.ts'
import { startApi } from '../support/start-api.ts'
import { aCustomer, deliver, subscriptionOf } from '../support/subscriptions.ts'

const main = new URL('../../src/main.ts', import.meta.url).pathname
const stripe = await aFakeStripe()
/** It records events, and ends before it comes to handle them. */
const api = await startApi({ environment: stripe.environment })

function startAnotherProcess(): void {
  const other = startProcess(main, {
    ...stripe.environment,
    DATABASE_URL: api.database.url,
    JWKS_URL: api.issuer.jwksUrl,
    HOST: '127.0.0.1',
    PORT: '0',
    METRICS_PORT: '0',
  })
  afterAll(() => other.signal('SIGKILL'))
}

test('handles what a process recorded that ended before it handled it', async () => {
  const { token, customerId } = await aCustomer(api, stripe)
  stripe.addSubscription(customerId)
  await deliver(api, customerId)

  startAnotherProcess()

  const plan = async () => (await subscriptionOf(api, token)).plan
  await expect.poll(plan, { timeout: 18_000 }).toBe('pro')
})

test('does not say that it recorded what it could not have handled later', async () => {
  await api.query('alter schema pgboss rename to pgboss_away')
  const refused = await deliver(api, 'cus_unheard', { id: 'evt_unheard' })
  await api.query('alter schema pgboss_away rename to pgboss')

  const taken = await deliver(api, 'cus_unheard', { id: 'evt_unheard' })

  const jobs = await api.query("select 1 from pgboss.job where data->>'customerId' = 'cus_unheard'")
  expect([refused.status, taken.status]).toEqual([500, 204])
  expect(jobs).toHaveLength(1)
})

import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { startApi } from '../support/start-api.ts'

const changed = { pro: { label: 'Plus', price_label: '€9 a month', documents: null, storage_bytes: 1_000 } }
const api = await startApi({ environment: { PLANS: JSON.stringify(changed) } })
const environment = { DATABASE_URL: 'postgresql://app@db/x', JWKS_URL: 'http://auth/keys' }

test('shows the plans to everybody, the smallest first, with what the settings say of them', async () => {
  const answer = await api.send('/api/plans')

  expect(answer).toMatchObject({
    status: 200,
    body: {
      payment: 'manual',
      items: [
        {
          name: 'free',
          label: 'Free',
          price_label: null,
          documents: 100,
          storage_bytes: 500_000_000,
          upload_bytes: 25_000_000,
        },
        {
          name: 'pro',
          label: 'Plus',
          price_label: '€9 a month',
          documents: null,
          storage_bytes: 1_000,
          upload_bytes: 500_000_000,
        },
        { name: 'team', documents: null, storage_bytes: 500_000_000_000, upload_bytes: 5_000_000_000 },
      ],
    },
  })
})

test.each([
  ['no JSON', '{pro}'],
  ['no object', '[]'],
  ['a plan of another name', '{"gold":{}}'],
  ['an unknown limit', '{"pro":{"seats":5}}'],
  ['a negative limit', '{"pro":{"documents":-1}}'],
  ['no size of one file', '{"pro":{"upload_bytes":null}}'],
])('does not start with plans that are %s', (_case, plans) => {
  const start = () => readConfig({ ...environment, PLANS: plans })

  expect(start).toThrow(/PLANS: must be a JSON object of plans and their limits/)
})

test('says at once all that is missing to be paid by Stripe', () => {
  const start = () => readConfig({ ...environment, PAYMENT_PROVIDER: 'stripe' })

  const missing = ['STRIPE_PRICE_PRO', 'STRIPE_PRICE_TEAM', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']
  for (const name of missing) expect(start).toThrow(new RegExp(`${name}: is not set`))
  expect(start).toThrow(/FRONTEND_URL: is not set/)
})

test('starts without anything of Stripe when nobody pays', () => {
  const { config } = readConfig({ ...environment, PAYMENT_PROVIDER: '', STRIPE_SECRET_KEY: '' })

  expect(config.payment).toEqual({ provider: 'manual' })
})

import { expect, test } from 'vitest'
import { tablesWith } from '../support/accounts.ts'
import { aDocument } from '../support/documents.ts'
import { aFakeStripe } from '../support/fake-stripe.ts'
import { letTimeCome } from '../support/jobs.ts'
import { startApi } from '../support/start-api.ts'
import { aSubscriber } from '../support/subscriptions.ts'

const stripe = await aFakeStripe()
const api = await startApi({ environment: stripe.environment })
const patience = { timeout: 20_000 }
api.startWork()

test('erases at once what it can while the payment provider is away, and ends the payments later', {
  timeout: 60_000,
}, async () => {
  const { accountId, token, subscriptionId } = await aSubscriber(api, stripe)
  await aDocument(api, token)
  stripe.setTrouble('failing')

  api.issuer.deleteAccount(accountId)
  await expect.poll(() => tablesWith(api, accountId), patience).toEqual(['subscription'])
  stripe.setTrouble(null)
  const left = async () => {
    await letTimeCome(api)
    return tablesWith(api, accountId)
  }

  await expect.poll(left, { timeout: 30_000 }).toEqual([])
  expect(stripe.subscriptions.get(subscriptionId)?.status).toBe('canceled')
})

import { randomUUID } from 'node:crypto'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import type { Answer } from '@finity/kit/testing/send-request.ts'
import { expect, test } from 'vitest'
import { startApi } from '../support/start-api.ts'
import { anAccount, aSuperuser, subscriptionOf } from '../support/subscriptions.ts'

const api = await startApi()
const superuser = await aSuperuser(api)

/** As a client does that is told to come back later: the same request again, with the same key. */
async function write(token: string): Promise<Answer> {
  const headers = { 'Idempotency-Key': randomUUID() }
  let answer: Answer
  do answer = await api.send('/api/documents', { token, json: { title: 'Notes' }, headers })
  while (answer.status === 503)
  return answer
}

/** An account that has so many documents, as far as its plan counts. */
async function anAccountWith(documents: number) {
  const account = await anAccount(api)
  await api.query('insert into usage (account_id, documents) values ($1, $2)', account.accountId, documents)
  return account
}

function grant(accountId: string, plan: string) {
  return api.send(`/api/subscriptions/${accountId}`, { method: 'PUT', token: superuser, json: { plan } })
}

test('takes exactly as many documents as there is room for, when a hundred come at once', {
  timeout: 60_000,
}, async () => {
  const { token } = await anAccountWith(95)

  const answers = await Promise.all(Array.from({ length: 100 }, () => write(token)))

  const written = answers.filter(({ status }) => status === 201)
  const refused = answers.filter(({ status }) => status === 403)
  expect([written.length, refused.length]).toEqual([5, 95])
  expect((await subscriptionOf(api, token)).usage.documents).toBe(100)
})

test('counts what is there on a smaller plan, and takes nothing more until there is room', async () => {
  const { accountId, token } = await anAccountWith(10_000)
  await grant(accountId, 'pro')

  const full = await write(token)
  await grant(accountId, 'team')
  await write(token)
  await grant(accountId, 'pro')
  const answer = await write(token)

  const reached = { code: 'PLAN_LIMIT_REACHED', limit: 'documents', plan: 'pro', allowed: 10_000 }
  expectProblem(full, 403, { ...reached, used: 10_000 })
  expectProblem(answer, 403, { ...reached, used: 10_001 })
})

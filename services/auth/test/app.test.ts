import { callEveryOperation } from '@finity/kit/testing/documented.ts'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { bringBack, takeAway } from '@finity/kit/testing/test-database.ts'
import { expect, test } from 'vitest'
import { aRegisteredAccount, aTokenOf } from './support/accounts.ts'
import { startAuth } from './support/start-auth.ts'

const auth = await startAuth()

test('documents every route it has, with the answers it gives', async () => {
  const { body } = await auth.send('/openapi.json')

  const answers = await callEveryOperation(body, auth.send)

  expect(answers.map(({ operation }) => operation).sort()).toEqual([
    'GET /.well-known/jwks.json',
    'GET /health',
    'GET /ready',
    'GET /users/me',
    'POST /auth/jwt/login',
    'POST /auth/jwt/logout',
    'POST /auth/register',
  ])
  for (const { documented, status } of answers) expect(documented).toContain(String(status))
})

test.each([
  ['broken JSON', '{"email"', 400, 'INVALID_JSON'],
  ['more than 100 kB', JSON.stringify({ email: 'x'.repeat(100_001) }), 413, 'BODY_TOO_LARGE'],
])('refuses %s', async (_case, body, status, detail) => {
  const answer = await auth.send('/auth/register', { raw: { body, type: 'application/json' } })

  expectProblem(answer, status, detail)
})

test('asks to come back while the database is away, and recovers by itself', async () => {
  const account = await aRegisteredAccount(auth)
  const token = await aTokenOf(auth, account)

  await takeAway(auth.database)
  const startedAt = performance.now()
  const refused = await auth.send('/users/me', { token })
  const waitedMs = performance.now() - startedAt
  const ready = await auth.send('/ready')
  await bringBack(auth.database)
  const served = await auth.send('/users/me', { token })

  expectProblem(refused, 503, 'DATABASE_UNAVAILABLE')
  expect(refused.headers.get('retry-after')).toBe('2')
  expect(waitedMs).toBeLessThan(3_000)
  expectProblem(ready, 503, 'NOT_READY')
  expect(served.status).toBe(200)
})

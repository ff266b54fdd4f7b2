import { callEveryOperation } from '@finity/kit/testing/documented.ts'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { bringBack, takeAway } from '@finity/kit/testing/test-database.ts'
import { expect, test } from 'vitest'
import { aDocument, aStranger } from './support/documents.ts'
import { startApi } from './support/start-api.ts'

const api = await startApi()

test('documents every route it has, with the answers it gives', async () => {
  const { body } = await api.send('/api/openapi.json')

  const answers = await callEveryOperation(body, api.send, await aStranger(api))

  expect(answers.map(({ operation }) => operation).sort()).toEqual([
    'DELETE /api/documents/{id}',
    'GET /api/documents',
    'GET /api/documents/{id}',
    'GET /api/openapi.json',
    'GET /health',
    'GET /ready',
    'PATCH /api/documents/{id}',
    'POST /api/documents',
  ])
  for (const { documented, status } of answers) expect(documented).toContain(String(status))
})

test.each([
  [
    'more than a document holds',
    JSON.stringify({ title: 'x'.repeat(2_200_001) }),
    'application/json',
    413,
    'BODY_TOO_LARGE',
  ],
  ['a form', 'title=x', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
])('refuses %s', async (_case, body, type, status, detail) => {
  const answer = await api.send('/api/documents', { token: await aStranger(api), raw: { body, type } })

  expectProblem(answer, status, detail)
})

test('asks to come back while the database is away, and recovers by itself', async () => {
  const token = await aStranger(api)
  await aDocument(api, token)

  await takeAway(api.database)
  const refused = await api.send('/api/documents', { token })
  const alive = await api.send('/health')
  await bringBack(api.database)
  const served = await api.send('/api/documents', { token })

  expectProblem(refused, 503, 'DATABASE_UNAVAILABLE')
  expect(refused.headers.get('retry-after')).toBe('2')
  expect(alive.status).toBe(200)
  expect(served.status).toBe(200)
})

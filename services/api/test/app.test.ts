import { randomUUID } from 'node:crypto'
import { callEveryOperation } from '@finity/kit/testing/documented.ts'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { bringBack, takeAway } from '@finity/kit/testing/test-database.ts'
import { expect, test } from 'vitest'
import { aDocument, aStranger } from './support/documents.ts'
import { startApi } from './support/start-api.ts'

const api = await startApi()
const aSuperuser = () => api.issuer.sign(randomUUID(), { superuser: true })

test('documents every route it has, with the answers it gives', async () => {
  const { body } = await api.send('/api/openapi.json')

  const answers = await callEveryOperation(body, api.send, await aSuperuser())

  expect(answers.map(({ operation }) => operation).sort()).toEqual([
    'DELETE /api/documents',
    'DELETE /api/documents/{id}',
    'DELETE /api/documents/{id}/media/{media_id}',
    'DELETE /api/media/{id}',
    'DELETE /api/system/dead-letters/{id}',
    'GET /api/documents',
    'GET /api/documents/{id}',
    'GET /api/documents/{id}/media',
    'GET /api/media',
    'GET /api/media/{id}',
    'GET /api/media/{id}/content',
    'GET /api/media/{id}/medium',
    'GET /api/media/{id}/thumbnail',
    'GET /api/openapi.json',
    'GET /api/payment-events',
    'GET /api/plans',
    'GET /api/subscription',
    'GET /api/subscriptions/{account_id}',
    'GET /api/system',
    'GET /api/system/backups',
    'GET /api/tags',
    'GET /health',
    'GET /ready',
    'PATCH /api/documents/{id}',
    'PATCH /api/media/{id}',
    'POST /api/documents',
    'POST /api/documents/{id}/restore',
    'POST /api/media',
    'POST /api/media/{id}/restore',
    'POST /api/payment-events/{id}/replay',
    'POST /api/subscription/cancel',
    'POST /api/subscription/change',
    'POST /api/subscription/checkout',
    'POST /api/subscription/portal',
    'POST /api/subscription/resume',
    'POST /api/system/dead-letters/{id}/retry',
    'POST /api/webhooks/stripe',
    'PUT /api/documents/{id}/media/{media_id}',
    'PUT /api/subscriptions/{account_id}',
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

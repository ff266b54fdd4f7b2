import { callEveryOperation } from '@finity/kit/testing/documented.ts'
import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { sendRequest } from '@finity/kit/testing/send-request.ts'
import { expect, test } from 'vitest'
import { startAuth } from './support/start-auth.ts'

const auth = await startAuth()

test('documents every route it has, with the answers it gives', async () => {
  const { body } = await auth.send('/openapi.json')

  const answers = await callEveryOperation(body, auth.send)

  expect(answers.map(({ operation }) => operation).sort()).toEqual([
    'DELETE /auth/sessions',
    'DELETE /auth/sessions/{id}',
    'DELETE /users/{id}',
    'DELETE /users/{id}/sessions',
    'GET /.well-known/deleted-accounts.json',
    'GET /.well-known/ended-sessions.json',
    'GET /.well-known/jwks.json',
    'GET /auth/security-events',
    'GET /auth/sessions',
    'GET /health',
    'GET /openapi.json',
    'GET /ready',
    'GET /users',
    'GET /users/me',
    'GET /users/{id}',
    'PATCH /users/me',
    'PATCH /users/{id}',
    'POST /auth/forgot-password',
    'POST /auth/jwt/login',
    'POST /auth/jwt/logout',
    'POST /auth/refresh',
    'POST /auth/register',
    'POST /auth/request-verify-token',
    'POST /auth/reset-password',
    'POST /auth/verify',
  ])
  for (const { documented, status } of answers) expect(documented).toContain(String(status))
})

test('documents which routes a token opens, and which one a cookie', async () => {
  const { body } = await auth.send('/openapi.json')

  const { paths, components } = body as {
    paths: Record<string, Record<string, { security?: unknown }>>
    components: { securitySchemes: unknown }
  }
  expect(paths['/users/me']?.get?.security).toEqual([{ bearer: [] }])
  expect(paths['/auth/refresh']?.post?.security).toEqual([{ 'finity-refresh': [] }])
  expect(paths['/auth/register']?.post?.security).toBeUndefined()
  expect(components.securitySchemes).toMatchObject({
    bearer: { type: 'oauth2' },
    'finity-refresh': { type: 'apiKey', in: 'cookie', name: 'finity-refresh' },
  })
})

test('refuses more than 100 kB', async () => {
  const body = JSON.stringify({ email: 'x'.repeat(100_001) })

  const answer = await auth.send('/auth/register', { raw: { body, type: 'application/json' } })

  expectProblem(answer, 413, 'BODY_TOO_LARGE')
})

test('refuses broken JSON as FastAPI does, with the place', async () => {
  const answer = await auth.send('/auth/register', { raw: { body: '{"email" x', type: 'application/json' } })

  expectFault(answer, 'json_invalid', ['body', 9])
})

test('shows its documentation, and fetches nothing from elsewhere', async () => {
  const page = await sendRequest(`${auth.url}/docs`)

  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toContain(
    "default-src 'none'; base-uri 'none'; script-src 'self'",
  )
  expect(page.body).not.toMatch(/https?:/)
})

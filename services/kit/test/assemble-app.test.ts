import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineRoute } from '../src/http/define-route.ts'
import { expectFault, expectProblem } from '../testing/expect-problem.ts'
import { serveRoutes } from './support/serve-routes.ts'

const say = defineRoute({
  method: 'post',
  path: '/say',
  operationId: 'say',
  summary: 'Repeats a word',
  tag: 'test',
  body: { as: 'json', schema: z.object({ word: z.string() }), limitBytes: 1_000 },
  answers: { 200: { description: 'The word', schema: z.object({ word: z.string() }) } },
  handler: async ({ body }) => ({ status: 200, body: { ...body, hashedPassword: 'x' } }),
})

const fail = defineRoute({
  method: 'get',
  path: '/fail',
  operationId: 'fail',
  summary: 'Fails',
  tag: 'test',
  answers: { 204: { description: 'Never' } },
  handler: async () => {
    throw new Error('select secret from /etc/passwd')
  },
})

const routes = [say, fail]

test('hides what went wrong from the client and logs it once with its stack', async () => {
  const { send, logLines } = await serveRoutes(routes)

  const answer = await send('/fail')

  expectProblem(answer, 500, expect.stringContaining('request id'))
  expect(JSON.stringify(answer.body)).not.toMatch(/secret|passwd|\.ts/)
  const errors = logLines.filter(({ level }) => level === 'error')
  expect(errors).toMatchObject([
    { requestId: answer.headers.get('x-request-id'), err: { stack: expect.any(String) } },
  ])
})

test('sends only the declared fields of an answer', async () => {
  const { send } = await serveRoutes(routes)

  const answer = await send('/say', { json: { word: 'hello' } })

  expect(answer.body).toEqual({ word: 'hello' })
})

test.each([
  ['bytes that are no UTF-8', new Uint8Array([34, 255, 34]), 'application/json', 400, 'INVALID_BODY'],
  ['a large body', JSON.stringify({ word: 'x'.repeat(1_000) }), 'application/json', 413, 'BODY_TOO_LARGE'],
  ['a form', 'word=x', 'application/x-www-form-urlencoded', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['plain text', '{"word":"x"}', 'text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['an unknown charset', '{"word":"x"}', 'application/json; charset=x', 415, 'UNSUPPORTED_MEDIA_TYPE'],
])('refuses %s', async (_case, body, type, status, detail) => {
  const { send } = await serveRoutes(routes)

  const answer = await send('/say', { raw: { body, type } })

  expectProblem(answer, status, detail)
})

test.each([
  ['broken JSON', '{"word" x', 'json_invalid', ['body', 8]],
  ['half of some JSON', '{"word":', 'json_invalid', ['body', 8]],
  ['a JSON string', '"word"', 'model_attributes_type', ['body']],
  ['nothing', '', 'missing', ['body']],
])('refuses %s with the place of the fault', async (_case, body, type, loc) => {
  const { send } = await serveRoutes(routes)

  const answer = await send('/say', { raw: { body, type: 'application/json' } })

  expectFault(answer, type, loc)
})

test('refuses a compressed body', async () => {
  const { send } = await serveRoutes(routes)

  const answer = await send('/say', { json: { word: 'x' }, headers: { 'content-encoding': 'gzip' } })

  expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE')
})

test('does not fall over a deeply nested body', async () => {
  const { send } = await serveRoutes([
    { ...say, body: { as: 'json', schema: z.object({ word: z.string() }), limitBytes: 1_000_000 } },
  ])

  const answer = await send('/say', {
    raw: { body: `{"word":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, type: 'application/json' },
  })

  expect(answer.status).toBe(422)
})

test.each([
  ['GET', '/nowhere', 404, 'Not Found'],
  ['GET', '/SAY', 404, 'Not Found'],
  ['GET', '/say/', 404, 'Not Found'],
  ['GET', '/%ff', 400, 'MALFORMED_URL'],
  ['GET', '/fail%', 400, 'MALFORMED_URL'],
])('answers %s %s with %i', async (method, path, status, detail) => {
  const { send } = await serveRoutes(routes)

  const answer = await send(path, { method })

  expectProblem(answer, status, detail)
})

test('names the methods that a path has', async () => {
  const { send } = await serveRoutes(routes)

  const answer = await send('/fail', { method: 'DELETE' })

  expectProblem(answer, 405, 'Method Not Allowed')
  expect(answer.headers.get('allow')).toBe('GET, HEAD')
})

test('keeps a sane request id and says it in the log', async () => {
  const { send, logLines } = await serveRoutes(routes)

  const { headers } = await send('/say', { json: { word: 'x' }, headers: { 'x-request-id': 'abc-123_DEF' } })

  expect(headers.get('x-request-id')).toBe('abc-123_DEF')
  await expect.poll(() => logLines).toMatchObject([{ requestId: 'abc-123_DEF', route: '/say', status: 200 }])
})

test.each([
  'short',
  'x'.repeat(129),
  'with space',
  '{"json":1}',
])('replaces the request id %s', async (requestId) => {
  const { send } = await serveRoutes(routes)

  const { headers } = await send('/fail', { headers: { 'x-request-id': requestId } })

  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('logs no query string', async () => {
  const { send, logLines } = await serveRoutes(routes)

  await send('/nowhere?token=secret')

  await expect.poll(() => logLines).toHaveLength(1)
  expect(JSON.stringify(logLines)).not.toContain('secret')
})

test.each([
  [0, '127.0.0.1'],
  [1, '10.0.0.2'],
  [2, '10.0.0.1'],
])('believes exactly %i proxies about the client address', async (trustedProxyHops, clientAddress) => {
  const { send, logLines } = await serveRoutes(routes, { trustedProxyHops })

  await send('/nowhere', { headers: { 'x-forwarded-for': '6.6.6.6, 10.0.0.1, 10.0.0.2' } })

  await expect.poll(() => logLines).toMatchObject([{ clientAddress }])
})

test.each([
  ['an answer', '/say', { json: { word: 'x' } }, 200],
  ['a failure', '/fail', {}, 500],
  ['a refusal', '/say', {}, 405],
  ['the answer of a path that is not there', '/nowhere', {}, 404],
])('sends the headers that keep a browser from misusing it with %s', async (_case, path, parts, status) => {
  const { send } = await serveRoutes(routes)

  const answer = await send(path, parts)

  expect(answer.status).toBe(status)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': expect.stringMatching(
      /default-src 'none';base-uri 'none';frame-ancestors 'none'/,
    ),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
})

test('sends no CORS header when no origin is allowed', async () => {
  const { send } = await serveRoutes(routes)

  const { headers } = await send('/fail', { headers: { origin: 'https://app.example' } })

  expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('allows a listed origin, and its preflight', async () => {
  const { send } = await serveRoutes(routes, { corsOrigins: ['https://app.example'] })
  const headers = { origin: 'https://app.example', 'access-control-request-method': 'PATCH' }

  const answer = await send('/say', { method: 'OPTIONS', headers })

  expect(answer.status).toBe(204)
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example')
  expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH')
})

test('gives another origin no permission', async () => {
  const { send } = await serveRoutes(routes, { corsOrigins: ['https://app.example'] })

  const { headers } = await send('/fail', { headers: { origin: 'https://app.example.evil' } })

  expect(headers.get('access-control-allow-origin')).toBeNull()
  expect(headers.get('vary')).toContain('Origin')
})

test('asks its clients to go elsewhere while it drains', async () => {
  const { send, lifecycle } = await serveRoutes(routes)
  lifecycle.isDraining = true

  const { headers } = await send('/say', { json: { word: 'x' } })

  expect(headers.get('connection')).toBe('close')
})

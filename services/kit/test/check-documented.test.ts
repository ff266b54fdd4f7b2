import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineRoute, type Route } from '../src/http/define-route.ts'
import { ServiceUnavailable, TooManyRequests } from '../src/http/http-errors.ts'
import { openApiRoute } from '../src/http/openapi-route.ts'
import { aCheckedSend, checkDocumented, type OpenApiDocument } from '../testing/check-documented.ts'
import type { Answer } from '../testing/send-request.ts'
import { serveRoutes } from './support/serve-routes.ts'

const shared = { operationId: 'x', summary: 'x', tag: 'test' }

const readThing = defineRoute({
  ...shared,
  method: 'get',
  path: '/things/{id}',
  params: z.object({ id: z.string() }),
  answers: { 200: { description: 'It', schema: z.object({ id: z.uuid(), count: z.number().nullable() }) } },
  faults: { 404: ['THING_NOT_FOUND'] },
  handler: async () => ({ status: 200, body: { id: '6f1c9a52-0c3f-4d4b-9d0b-7d3f5f1f2b11', count: null } }),
})

const forgetThings = defineRoute({
  ...shared,
  method: 'post',
  path: '/things',
  body: { as: 'form', schema: z.object({ name: z.string() }) },
  answers: { 202: { description: 'Nothing to say', schema: z.null() }, 204: { description: 'Nothing' } },
  faults: { 429: ['TOO_MANY_REQUESTS'] },
  handler: async ({ body }) => {
    if (body.name === 'busy') throw new TooManyRequests(7)
    if (body.name === 'away') throw new ServiceUnavailable('AWAY', 2)
    return body.name === 'x' ? { status: 202, body: null } : { status: 204 }
  },
})

const printThings = defineRoute({
  ...shared,
  method: 'get',
  path: '/things.txt',
  answers: { 200: { description: 'All', content: 'text/plain' } },
  handler: async () => ({ status: 200, body: 'one\ntwo\n' }),
})

async function serveDocumented(routes: Route[]) {
  const served = await serveRoutes([
    ...routes,
    openApiRoute('/openapi.json', { title: 'x', version: '1', description: 'x' }, routes),
  ])
  return { ...served, send: await aCheckedSend(served.url, '/openapi.json') }
}

const { send } = await serveDocumented([readThing, forgetThings, printThings])
const document = (await send('/openapi.json')).body as OpenApiDocument

test('answers JSON null where the schema is null', async () => {
  const answer = await send('/things', { form: { name: 'x' } })

  expect(answer).toMatchObject({ status: 202, body: null })
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
})

test('answers text of the media type that it documents', async () => {
  const answer = await send('/things.txt')

  expect(answer).toMatchObject({ status: 200, body: 'one\ntwo\n' })
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
})

test.each([
  ['no body', 204, '/things', { form: { name: 'y' } }],
  ['faults of the input', 422, '/things', { form: {} }],
  ['too much', 429, '/things', { form: { name: 'busy' } }],
  ['a dependency that is away', 503, '/things', { form: { name: 'away' } }],
  ['a body of another type', 415, '/things', { json: {} }],
  ['a malformed path', 400, '/things/%ff', {}],
  ['a path that is none', 404, '/nowhere', {}],
  ['a method that is none', 405, '/things', { method: 'DELETE' }],
  ['a HEAD request', 200, '/things/1', { method: 'HEAD' }],
])('documents its answer to %s', async (_case, status, path, parts) => {
  const answer = await send(path, parts)

  expect(answer.status).toBe(status)
})

describe('an answer that is not as documented', () => {
  const check = checkDocumented(document)
  const id = '6f1c9a52-0c3f-4d4b-9d0b-7d3f5f1f2b11'
  const problem = { title: 'x', status: 404, detail: 'x', requestId: 'x' }
  const as = (type: string, others: Record<string, string> = {}) =>
    new Headers({ 'content-type': type, ...others })
  const json = as('application/json; charset=utf-8')
  const problemJson = as('application/problem+json')

  test.each<[string, string, string, Answer, string]>([
    ['status', 'GET', '/things/1', { status: 201, headers: json, body: {} }, 'documented are 200, 400'],
    [
      'media type',
      'GET',
      '/things/1',
      { status: 200, headers: as('text/html'), body: '' },
      'media type "text/html"',
    ],
    [
      'missing field',
      'GET',
      '/things/1',
      { status: 200, headers: json, body: { id } },
      "required property 'count'",
    ],
    [
      'wrong type',
      'GET',
      '/things/1',
      { status: 200, headers: json, body: { id, count: '1' } },
      'body/count must be',
    ],
    [
      'secret field',
      'GET',
      '/things/1?x',
      { status: 200, headers: json, body: { id, count: 1, hash: 'x' } },
      'additional',
    ],
    ['body at all', 'POST', '/things', { status: 204, headers: json, body: {} }, 'no body is documented'],
    [
      'list of faults',
      'POST',
      '/things',
      { status: 422, headers: problemJson, body: problem },
      'body/detail must be array',
    ],
    [
      'delay',
      'POST',
      '/things',
      { status: 429, headers: problemJson, body: problem },
      'Retry-After is missing',
    ],
    [
      'problem',
      'GET',
      '/nowhere',
      { status: 404, headers: problemJson, body: {} },
      "required property 'title'",
    ],
    [
      'success nowhere',
      'GET',
      '/nowhere',
      { status: 200, headers: json, body: {} },
      'documented are 400, 404, 405',
    ],
  ])('is refused for its %s', (_case, method, path, answer, sentence) => {
    expect(() => check(method, path, answer)).toThrow(sentence)
  })
})

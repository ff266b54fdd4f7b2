import { STATUS_CODES } from 'node:http'
import { type ZodType, z } from 'zod'
import type { AnswerDeclaration, Answers, BodyDeclaration, Route } from './define-route.ts'
import { mediaTypesOf } from './parse-body.ts'
import { problemSchemas } from './problem-schemas.ts'

export type OpenApiInfo = { title: string; version: string; description: string }

type Json = Record<string, unknown>

/**
 * The OpenAPI 3.1 document of the declared routes. Source: https://spec.openapis.org/oas/v3.1.1
 * With a `tokenUrl`, documentation pages can sign in there with the password grant.
 */
export function describeRoutes(info: OpenApiInfo, routes: Route[], tokenUrl?: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: describeOperation(route) }
  }
  const bearer = tokenUrl
    ? { type: 'oauth2', flows: { password: { tokenUrl, scopes: {} } } }
    : { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }
  const securitySchemes = { bearer, ...describeCookies(routes), ...describeSignature(routes) }
  const components = { schemas: problemSchemas, securitySchemes }
  return { openapi: '3.1.1', info, paths, components }
}

function describeCookies(routes: Route[]): Json {
  const names = routes.flatMap(({ cookie }) => cookie ?? [])
  return Object.fromEntries(names.map((name) => [name, { type: 'apiKey', in: 'cookie', name }]))
}

function describeSignature(routes: Route[]): Json {
  const name = routes.find(({ signature }) => signature)?.signature
  return name === undefined ? {} : { signature: { type: 'apiKey', in: 'query', name } }
}

function describeOperation(route: Route): Json {
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    ...(route.guard && { security: [{ bearer: [] }, ...(route.signature ? [{ signature: [] }] : [])] }),
    ...(route.cookie && { security: [{ [route.cookie]: [] }] }),
    parameters: [
      ...describeParameters(route.params, 'path'),
      ...describeParameters(route.query, 'query'),
      ...describeRequestHeaders(route.requestHeaders),
    ],
    ...(route.body && { requestBody: { required: true, content: describeInput(route.body) } }),
    responses: { ...describeAnswers(withPartsOfFiles(route.answers)), ...describeFaults(route) },
  }
}

function describeInput(body: BodyDeclaration): Json {
  const isParsed = body.as === 'json' || body.as === 'form'
  const schema = isParsed ? inputSchema(body.schema) : { type: 'string', format: 'binary' }
  return Object.fromEntries(mediaTypesOf(body).map((type) => [type, { schema }]))
}

function describeParameters(schema: ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = inputSchema(schema) as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([name, parameter]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: parameter,
  }))
}

function describeRequestHeaders(headers: Record<string, string> = {}): Json[] {
  return Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }))
}

function describeAnswers(answers: Answers): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, { description, headers, ...body }]) => [
      status,
      {
        description,
        ...(headers && { headers: describeHeaders(headers) }),
        ...describeBody(body),
      },
    ]),
  )
}

/** Whoever may get a file may get a part of it, or hear that it has not changed. */
function withPartsOfFiles(answers: Answers): Answers {
  const whole = answers[200]
  if (!whole?.file) return answers
  const headers = { ...whole.headers, 'Content-Range': 'Which part' }
  const notModified = { description: 'The client has it already' }
  return { ...answers, 206: { ...whole, description: 'A part of it', headers }, 304: notModified }
}

function describeBody({ schema, content, file }: Omit<AnswerDeclaration, 'description' | 'headers'>): Json {
  if (file) return { content: { '*/*': { schema: { type: 'string', format: 'binary' } } } }
  if (content) return { content: { [content]: {} } }
  return schema ? { content: { 'application/json': { schema: outputSchema(schema) } } } : {}
}

function describeHeaders(headers: Record<string, string>): Json {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  )
}

function describeFaults(route: Route): Json {
  const shared = sharedFaults(route)
  const statuses = new Set([...Object.keys(shared), ...Object.keys(route.faults ?? {})].map(Number))
  const codesOf = (status: number) => new Set([...(shared[status] ?? []), ...(route.faults?.[status] ?? [])])
  return Object.fromEntries([...statuses].map((status) => [status, describeFault(status, codesOf(status))]))
}

/** What kit itself answers on a route like this, whatever its handler does. */
function sharedFaults(route: Route): Record<number, string[]> {
  const { guard, refuseCrossOrigin, params, query, body, answers } = route
  const isParsed = body && body.as !== 'stream'
  return {
    ...((params || body) && {
      400: [...(params ? ['MALFORMED_URL'] : []), ...(body ? ['INVALID_BODY'] : [])],
    }),
    ...(guard && { 401: ['Unauthorized'] }),
    ...(refuseCrossOrigin && { 403: ['CROSS_ORIGIN_REFUSED'] }),
    ...(body?.as === 'stream' && { 408: ['UPLOAD_TOO_SLOW'] }),
    ...(isParsed && { 413: ['BODY_TOO_LARGE'], 415: ['UNSUPPORTED_MEDIA_TYPE'] }),
    ...(answers[200]?.file && { 412: ['PRECONDITION_FAILED'], 416: ['RANGE_NOT_SATISFIABLE'] }),
    ...((params || query || body) && { 422: [] }),
    500: [],
    503: [],
  }
}

const retryAfter = {
  'Retry-After': { description: 'When to come back, in seconds', required: true, schema: { type: 'string' } },
}

function describeFault(status: number, codes: Set<string>): Json {
  const problem = { $ref: '#/components/schemas/Problem' }
  const invalidInput = { $ref: '#/components/schemas/InvalidInputProblem' }
  const schema =
    status !== 422 ? problem : codes.size === 0 ? invalidInput : { anyOf: [invalidInput, problem] }
  return {
    description: [STATUS_CODES[status], [...codes].join(', ')].filter(Boolean).join(': '),
    ...((status === 429 || status === 503) && { headers: retryAfter }),
    content: { 'application/problem+json': { schema } },
  }
}

function inputSchema(schema: ZodType): Json {
  return withoutDialect(z.toJSONSchema(schema, { io: 'input' }))
}

function outputSchema(schema: ZodType): Json {
  return withoutDialect(z.toJSONSchema(schema, { io: 'output' }))
}

/** OpenAPI 3.1 names the dialect once for the whole document. */
function withoutDialect({ $schema: _dialect, ...schema }: Json): Json {
  return schema
}

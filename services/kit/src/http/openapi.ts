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
  const securitySchemes = { bearer, ...describeCookies(routes) }
  const components = { schemas: problemSchemas, securitySchemes }
  return { openapi: '3.1.1', info, paths, components }
}

function describeCookies(routes: Route[]): Json {
  const names = routes.flatMap(({ cookie }) => cookie ?? [])
  return Object.fromEntries(names.map((name) => [name, { type: 'apiKey', in: 'cookie', name }]))
}

function describeOperation(route: Route): Json {
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    ...(route.guard && { security: [{ bearer: [] }] }),
    ...(route.cookie && { security: [{ [route.cookie]: [] }] }),
    parameters: [...describeParameters(route.params, 'path'), ...describeParameters(route.query, 'query')],
    ...(route.body && { requestBody: { required: true, content: describeInput(route.body) } }),
    responses: { ...describeAnswers(route.answers), ...describeFaults(route) },
  }
}

function describeInput(body: BodyDeclaration): Json {
  const schema = inputSchema(body.schema)
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

function describeBody({ schema, content }: Pick<AnswerDeclaration, 'schema' | 'content'>): Json {
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
function sharedFaults({ guard, refuseCrossOrigin, params, query, body }: Route): Record<number, string[]> {
  return {
    ...((params || body) && {
      400: [...(params ? ['MALFORMED_URL'] : []), ...(body ? ['INVALID_BODY'] : [])],
    }),
    ...(guard && { 401: ['Unauthorized'] }),
    ...(refuseCrossOrigin && { 403: ['CROSS_ORIGIN_REFUSED'] }),
    ...(body && { 413: ['BODY_TOO_LARGE'], 415: ['UNSUPPORTED_MEDIA_TYPE'] }),
    ...((params || query || body) && { 422: [] }),
    500: [],
    503: [],
  }
}

const retryAfter = {
  'Retry-After': { description: 'When to come back, in seconds', required: true, schema: { type: 'string' } },
}

function describeFault(status: number, codes: Set<string>): Json {
  const schema = { $ref: `#/components/schemas/${status === 422 ? 'InvalidInputProblem' : 'Problem'}` }
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

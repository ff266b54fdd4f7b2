import { STATUS_CODES } from 'node:http'
import { type ZodType, z } from 'zod'
import type { Answers, Route } from './define-route.ts'
import { mediaTypeOf } from './parse-body.ts'
import { problemSchemas } from './problem-schemas.ts'

export type OpenApiInfo = { title: string; version: string; description: string }

type Json = Record<string, unknown>

/** The OpenAPI 3.1 document of the declared routes. Source: https://spec.openapis.org/oas/v3.1.1 */
export function describeRoutes(info: OpenApiInfo, routes: Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: describeOperation(route) }
  }
  const securitySchemes = { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } }
  return { openapi: '3.1.1', info, paths, components: { schemas: problemSchemas, securitySchemes } }
}

function describeOperation(route: Route): Json {
  return {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    ...(route.guard && { security: [{ bearer: [] }] }),
    parameters: [...describeParameters(route.params, 'path'), ...describeParameters(route.query, 'query')],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { [mediaTypeOf(route.body)]: { schema: inputSchema(route.body.schema) } },
      },
    }),
    responses: { ...describeAnswers(route.answers), ...describeFaults(route) },
  }
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
    Object.entries(answers).map(([status, { description, schema, headers }]) => [
      status,
      {
        description,
        ...(headers && { headers: describeHeaders(headers) }),
        ...(schema && { content: { 'application/json': { schema: outputSchema(schema) } } }),
      },
    ]),
  )
}

function describeHeaders(headers: Record<string, string>): Json {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  )
}

function describeFaults(route: Route): Json {
  const takesInput = route.params ?? route.query ?? route.body
  const faults: Record<number, string[]> = {
    ...(route.guard && { 401: ['Unauthorized'] }),
    ...(route.body && { 400: ['INVALID_JSON'], 413: ['BODY_TOO_LARGE'], 415: ['UNSUPPORTED_MEDIA_TYPE'] }),
    ...(takesInput && { 422: [] }),
    500: [],
    503: [],
    ...route.faults,
  }
  return Object.fromEntries(
    Object.entries(faults).map(([status, codes]) => [status, describeFault(status, codes)]),
  )
}

function describeFault(status: string, codes: string[]): Json {
  const schema = { $ref: `#/components/schemas/${status === '422' ? 'InvalidInputProblem' : 'Problem'}` }
  return {
    description: [STATUS_CODES[status], codes.join(', ')].filter(Boolean).join(': '),
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

import { z } from 'zod'
import { defineRoute, type Route } from './define-route.ts'
import { describeRoutes, type OpenApiInfo } from './openapi.ts'

/** Serves the OpenAPI document of `routes` and itself at `path`. The document does not change while the process lives. */
export function openApiRoute(path: string, info: OpenApiInfo, routes: Route[], tokenUrl?: string): Route {
  const route = defineRoute({
    method: 'get',
    path,
    operationId: 'getOpenApi',
    summary: 'This document',
    tag: 'openapi',
    answers: { 200: { description: 'OpenAPI 3.1', schema: z.record(z.string(), z.unknown()) } },
    handler: async () => ({ status: 200, body: document }),
  })
  const document = describeRoutes(info, [...routes, route], tokenUrl)
  return route
}

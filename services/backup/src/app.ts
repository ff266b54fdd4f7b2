import { defineRoute } from '@finity/kit/http/define-route.ts'
import { assembleApp } from '@finity/kit/http/assemble-app.ts'
import { healthRoutes } from '@finity/kit/http/health-routes.ts'
import type { Express } from 'express'
import { z } from 'zod'
import type { Context } from './context.ts'

/** For the health check, and for the app's system page, which asks through the api. */
export function createApp(context: Context): Express {
  const { config, logger, lifecycle, metrics, status } = context
  const tell = defineRoute({
    method: 'get',
    path: '/status',
    operationId: 'getBackupStatus',
    summary: 'How the last backup, copy of media and drill went',
    tag: 'backup',
    answers: { 200: { description: 'The state', schema: z.looseObject({}) } },
    handler: async () => ({ status: 200, body: status.read() }),
  })
  return assembleApp({
    logger,
    lifecycle,
    metrics,
    corsOrigins: [],
    // It has no database of its own to wait for.
    database: { during: (work) => work },
    trustedProxyHops: config.trustedProxyHops,
    routes: [tell, ...healthRoutes({ lifecycle, checks: {} })],
  })
}

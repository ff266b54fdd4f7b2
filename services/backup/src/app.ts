import { assembleApp } from '@finity/kit/http/assemble-app.ts'
import { defineRoute } from '@finity/kit/http/define-route.ts'
import { healthRoutes } from '@finity/kit/http/health-routes.ts'
import type { Express } from 'express'
import { z } from 'zod'
import type { AlertWatch } from './alerts/watch-alerts.ts'
import type { Context } from './context.ts'
import { doCommitsWait } from './durability/keep-durability.ts'

/** For the health check, and for the app's system page, which asks through the api. */
export function createApp(context: Context, alerts: Pick<AlertWatch, 'standing'>): Express {
  const { config, logger, lifecycle, metrics, status, live } = context
  const tell = defineRoute({
    method: 'get',
    path: '/status',
    operationId: 'getBackupStatus',
    summary: 'How the last backup, copy of media and drill went, and what is wrong',
    tag: 'backup',
    answers: { 200: { description: 'The state', schema: z.looseObject({}) } },
    handler: async () => {
      const { backup, media, drill, offsite } = status.read()
      const commitsWait = await doCommitsWait(live)
      const body = {
        mode: config.mode,
        commits_wait: commitsWait,
        backup,
        media,
        drill,
        offsite,
        alerts: alerts.standing(),
      }
      return { status: 200, body }
    },
  })
  return assembleApp({
    logger,
    lifecycle,
    metrics,
    corsOrigins: [],
    // It keeps no data in a database of its own.
    database: { during: (work) => work },
    trustedProxyHops: config.trustedProxyHops,
    routes: [tell, ...healthRoutes({ lifecycle, checks: {} })],
  })
}

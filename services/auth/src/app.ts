import { assembleApp } from '@finity/kit/http/assemble-app.ts'
import { healthRoutes } from '@finity/kit/http/health-routes.ts'
import { openApiRoute } from '@finity/kit/http/openapi-route.ts'
import type { Express } from 'express'
import { accountRoutes } from './accounts/routes.ts'
import type { Context } from './context.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { tokenRoutes } from './tokens/routes.ts'

const info = {
  title: 'Finity auth',
  version: '1.0.0',
  description: 'Accounts, sessions and tokens. Keeps the wire contract of FastAPI Users.',
}

export function createApp(context: Context): Express {
  const { config, logger, lifecycle } = context
  const routes = [
    ...accountRoutes(context),
    ...sessionRoutes(context),
    ...tokenRoutes(context),
    ...healthRoutes({ lifecycle, checks: { database: context.pingDatabase } }),
  ]
  return assembleApp({
    logger,
    lifecycle,
    corsOrigins: config.corsOrigins,
    trustedProxyHops: config.trustedProxyHops,
    routes: [...routes, openApiRoute('/openapi.json', info, routes)],
  })
}

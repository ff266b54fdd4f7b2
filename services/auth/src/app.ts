import { assembleApp } from '@finity/kit/http/assemble-app.ts'
import { docsRoutes } from '@finity/kit/http/docs-routes.ts'
import { healthRoutes } from '@finity/kit/http/health-routes.ts'
import { openApiRoute } from '@finity/kit/http/openapi-route.ts'
import type { Express } from 'express'
import { accountRoutes } from './accounts/routes.ts'
import type { Context } from './context.ts'
import { eventRoutes } from './events/routes.ts'
import { passwordRoutes } from './passwords/routes.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { tokenRoutes } from './tokens/routes.ts'
import { verificationRoutes } from './verification/routes.ts'

const info = {
  title: 'Finity auth',
  version: '1.0.0',
  description: 'Accounts, sessions and tokens. Keeps the wire contract of FastAPI Users.',
}

export function createApp(context: Context): Express {
  const { config, logger, lifecycle } = context
  const routes = [
    ...accountRoutes(context),
    ...passwordRoutes(context),
    ...verificationRoutes(context),
    ...sessionRoutes(context),
    ...eventRoutes(context),
    ...tokenRoutes(context),
    ...healthRoutes({ lifecycle, checks: { database: context.database.ping } }),
  ]
  const openApi = openApiRoute('/openapi.json', info, routes, '/auth/jwt/login')
  return assembleApp({
    logger,
    lifecycle,
    metrics: context.metrics,
    corsOrigins: config.corsOrigins,
    database: context.database,
    trustedProxyHops: config.trustedProxyHops,
    routes: [
      ...routes,
      openApi,
      ...docsRoutes({ path: '/docs', title: info.title, openApiPath: openApi.path }),
    ],
  })
}

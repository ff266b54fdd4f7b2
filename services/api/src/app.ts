import { assembleApp } from '@finity/kit/http/assemble-app.ts'
import { docsRoutes } from '@finity/kit/http/docs-routes.ts'
import { healthRoutes } from '@finity/kit/http/health-routes.ts'
import { openApiRoute } from '@finity/kit/http/openapi-route.ts'
import type { Express } from 'express'
import type { Context } from './context.ts'
import { documentRoutes } from './documents/routes.ts'
import { mediaRoutes } from './media/routes.ts'
import { subscriptionRoutes } from './subscriptions/routes.ts'
import { systemRoutes } from './system/routes.ts'

const info = { title: 'Finity API', version: '1.0.0', description: 'Documents of the signed-in account.' }

export function createApp(context: Context): Express {
  const { config, logger, metrics, lifecycle } = context
  const checks = { database: context.database.ping, signingKeys: context.keys.load }
  const routes = [
    ...documentRoutes(context),
    ...mediaRoutes(context),
    ...subscriptionRoutes(context),
    ...systemRoutes(context),
    ...healthRoutes({ lifecycle, checks }),
  ]
  const openApi = openApiRoute('/api/openapi.json', info, routes, '/auth/jwt/login')
  return assembleApp({
    logger,
    metrics,
    lifecycle,
    corsOrigins: config.corsOrigins,
    database: context.database,
    trustedProxyHops: config.trustedProxyHops,
    routes: [
      ...routes,
      openApi,
      ...docsRoutes({ path: '/api/docs', title: info.title, openApiPath: openApi.path }),
    ],
  })
}

import express, { type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import type { DatabaseWatch } from '../database/watch-database.ts'
import type { Metrics } from '../metrics/create-metrics.ts'
import type { Logger } from '../process/create-logger.ts'
import type { Lifecycle } from '../process/lifecycle.ts'
import { allowOrigins } from './allow-origins.ts'
import type { Route } from './define-route.ts'
import { answerErrors } from './error-handler.ts'
import { MalformedUrl, RouteNotFound } from './http-errors.ts'
import { limitBodyTime } from './limit-body-time.ts'
import { logRequests } from './log-requests.ts'
import { mountRoutes } from './mount-routes.ts'
import { identifyRequests } from './request-id.ts'

export type AppParts = {
  logger: Logger
  metrics: Metrics
  lifecycle: Lifecycle
  corsOrigins: string[]
  database: Pick<DatabaseWatch, 'during'>
  /** How many proxies in front are ours; the client's address is that many entries from the right. */
  trustedProxyHops: number
  routes: Route[]
  /** How long a body may take to arrive; a stream has limits of its own. */
  bodyTimeMs?: number
}

/** An Express app without a port. The order of the middleware is load-bearing: ids before logs, logs before refusals. */
export function assembleApp(parts: AppParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  app.set('trust proxy', parts.trustedProxyHops)
  app.use(identifyRequests(parts.logger))
  app.use(logRequests(parts.logger, parts.metrics))
  app.use(limitBodyTime(parts.bodyTimeMs ?? 30_000))
  app.use(closeWhenDraining(parts.lifecycle))
  app.use(secureHeaders())
  app.use(allowOrigins(parts.corsOrigins))
  app.use(refuseMalformedUrls)
  app.use(mountRoutes(parts.routes, parts))
  app.use(() => {
    throw new RouteNotFound()
  })
  app.use(answerErrors())
  return app
}

/** HTTP is plain here: Strict-Transport-Security belongs to the edge, which speaks TLS. */
function secureHeaders(): RequestHandler[] {
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  })
  const keepOutOfCaches: RequestHandler = (_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  }
  return [protect as RequestHandler, keepOutOfCaches]
}

/** Tells a proxy to take its next request elsewhere. */
function closeWhenDraining(lifecycle: Lifecycle): RequestHandler {
  return (_request, response, next) => {
    if (lifecycle.isDraining) response.set('Connection', 'close')
    next()
  }
}

const refuseMalformedUrls: RequestHandler = (request, _response, next) => {
  try {
    decodeURIComponent(request.path)
    next()
  } catch (error) {
    next(new MalformedUrl(error))
  }
}

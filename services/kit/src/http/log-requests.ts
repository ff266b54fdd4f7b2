import type { Request, RequestHandler, Response } from 'express'
import type { Histogram, Metrics } from '../metrics/create-metrics.ts'
import type { Logger } from '../process/create-logger.ts'
import { clientAddressOf } from './client-address.ts'
import { scopeOf } from './request-scope.ts'

const healthPaths = ['/health', '/ready']

/** One line and one measurement a request when its answer is sent or its client leaves. Health checks are logged at debug level. */
export function logRequests(logger: Logger, metrics: Metrics): RequestHandler {
  const durations = metrics.histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Time from the request to the end of its answer; a client that left has no status',
    labelNames: ['method', 'route', 'status'],
  })
  return (request, response, next) => {
    const startedAt = performance.now()
    response.once('close', () => {
      const durationMs = performance.now() - startedAt
      logOutcome(logger, request, response, durationMs)
      measureOutcome(durations, request, response, durationMs)
    })
    next()
  }
}

function logOutcome(logger: Logger, request: Request, response: Response, durationMs: number): void {
  const { requestId, route, errorCode } = scopeOf(request)
  const level = healthPaths.includes(request.path) ? 'debug' : 'info'
  const answered = response.writableFinished
  logger[level](
    {
      requestId,
      method: request.method,
      path: request.originalUrl.split('?', 1)[0],
      route,
      status: answered ? response.statusCode : undefined,
      errorCode,
      durationMs: Math.round(durationMs * 10) / 10,
      clientAddress: clientAddressOf(request),
    },
    answered ? 'request answered' : 'client left before the answer',
  )
}

/** The declared path and not the sent one, so that no client can add a time series. */
function measureOutcome(
  durations: Histogram<'method' | 'route' | 'status'>,
  request: Request,
  response: Response,
  durationMs: number,
): void {
  const status = response.writableFinished ? response.statusCode : 'none'
  durations.observe(
    { method: request.method, route: scopeOf(request).route ?? 'none', status },
    durationMs / 1_000,
  )
}

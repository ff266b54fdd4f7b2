import type { Request, RequestHandler, Response } from 'express'
import { scopeOf } from './request-scope.ts'

const healthPaths = ['/health', '/ready']

/** One line a request when its answer is sent or its client leaves. Health checks are logged at debug level. */
export function logRequests(): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now()
    response.once('close', () => logOutcome(request, response, performance.now() - startedAt))
    next()
  }
}

function logOutcome(request: Request, response: Response, durationMs: number): void {
  const { log, route, errorCode } = scopeOf(request)
  const level = healthPaths.includes(request.path) ? 'debug' : 'info'
  const answered = response.writableFinished
  log[level](
    {
      method: request.method,
      path: request.originalUrl.split('?', 1)[0],
      route,
      status: answered ? response.statusCode : undefined,
      errorCode,
      durationMs: Math.round(durationMs),
      clientAddress: request.ip,
    },
    answered ? 'request answered' : 'client left before the answer',
  )
}

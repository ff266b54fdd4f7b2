import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from '../process/create-logger.ts'
import { inRequest } from './current-request.ts'
import { openScope } from './request-scope.ts'

/** Long enough to be unique, and nothing that could forge a log line or a header. */
const saneRequestId = /^[A-Za-z0-9._-]{8,128}$/

/** Gives every request an id, keeps a sane incoming one, and says it in every response. */
export function identifyRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const incoming = request.get('X-Request-Id')
    const requestId = incoming && saneRequestId.test(incoming) ? incoming : randomUUID()
    openScope(request, requestId, logger)
    response.set('X-Request-Id', requestId)
    inRequest(requestId, next)
  }
}

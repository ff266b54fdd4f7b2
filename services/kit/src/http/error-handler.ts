import { STATUS_CODES } from 'node:http'
import type { ErrorRequestHandler } from 'express'
import { InternalError } from './http-errors.ts'
import { leaveBodyUnread } from './leave-body-unread.ts'
import { scopeOf } from './request-scope.ts'
import { translateError } from './translate-error.ts'

/** The only place where an error becomes a response: application/problem+json, RFC 9457. */
export function answerErrors(): ErrorRequestHandler {
  return (thrown, request, response, _next) => {
    const error = translateError(thrown)
    const scope = scopeOf(request)
    scope.errorCode = error.code
    if (error instanceof InternalError) scope.log.error({ err: error.cause }, 'request failed')
    else if (error.status >= 500)
      scope.log.warn({ err: error.cause, errorCode: error.code }, 'request refused')

    // Half an answer cannot be taken back: cutting the connection is the only honest end.
    if (response.headersSent) return void response.destroy()

    leaveBodyUnread(response)
    const problem = { title: STATUS_CODES[error.status], status: error.status, detail: error.detail }
    response
      .status(error.status)
      .set(error.headers)
      .type('application/problem+json')
      .send(JSON.stringify({ ...problem, requestId: scope.requestId }))
  }
}

import type { Request } from 'express'
import type { Logger } from '../process/create-logger.ts'

/** What a request carries from the first middleware to its log line. */
export type RequestScope = {
  requestId: string
  log: Logger
  /** The declared path, such as /api/documents/{id}; unknown until a route matches. */
  route?: string
  errorCode?: string
}

const scopes = new WeakMap<Request, RequestScope>()

export function openScope(request: Request, scope: RequestScope): void {
  scopes.set(request, scope)
}

export function scopeOf(request: Request): RequestScope {
  const scope = scopes.get(request)
  if (!scope) throw new Error('The request id middleware must run first.')
  return scope
}

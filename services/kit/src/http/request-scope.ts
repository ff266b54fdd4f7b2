import type { Request } from 'express'
import type { Logger } from '../process/create-logger.ts'

/** What a request carries from the first middleware to its log line. */
export class RequestScope {
  readonly requestId: string
  /** The declared path, such as /api/documents/{id}; unknown until a route matches. */
  route?: string
  errorCode?: string
  /** Whom the guard let in. */
  principal?: unknown
  readonly #logger: Logger
  #log?: Logger

  constructor(requestId: string, logger: Logger) {
    this.requestId = requestId
    this.#logger = logger
  }

  /** Made when it is first asked for: most requests have nothing to say but their outcome. */
  get log(): Logger {
    this.#log ??= this.#logger.child({ requestId: this.requestId })
    return this.#log
  }
}

/** On the request itself: a WeakMap with an entry for each request costs the garbage collector more than the request. */
const place = Symbol('scope')

type Scoped = Request & { [place]?: RequestScope }

export function openScope(request: Request, requestId: string, logger: Logger): void {
  ;(request as Scoped)[place] = new RequestScope(requestId, logger)
}

export function scopeOf(request: Request): RequestScope {
  const scope = (request as Scoped)[place]
  if (!scope) throw new Error('The request id middleware must run first.')
  return scope
}

import type { Request } from 'express'
import type { Logger } from '../process/create-logger.ts'
import { clientAddressOf } from './client-address.ts'
import type { RequestFacts } from './define-route.ts'
import { scopeOf } from './request-scope.ts'

/**
 * What a route's handler and guard may know of an Express request. A class, because an object literal with getters has a hidden class of
 * its own, which keeps the request alive until a full garbage collection (docs/decisions/0024).
 */
class ExpressFacts implements RequestFacts {
  readonly requestId: string
  readonly path: string
  readonly query: (name: string) => string | undefined
  readonly header: (name: string) => string | undefined
  readonly #request: Request

  constructor(request: Request) {
    this.#request = request
    this.requestId = scopeOf(request).requestId
    this.path = request.path
    this.query = (name) => {
      const value = request.query[name]
      return typeof value === 'string' ? value : undefined
    }
    this.header = (name) => request.get(name)
  }

  get log(): Logger {
    return scopeOf(this.#request).log
  }

  get clientAddress(): string {
    return clientAddressOf(this.#request)
  }
}

export const factsOf = (request: Request): RequestFacts => new ExpressFacts(request)

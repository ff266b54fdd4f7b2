import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import type { RequestFacts, Route, RouteAnswer } from './define-route.ts'
import { MethodNotAllowed } from './http-errors.ts'
import { parseBody } from './parse-body.ts'
import { readInput } from './read-input.ts'
import { scopeOf } from './request-scope.ts'

/** A router of declared routes. A known path refuses other methods with 405. */
export function mountRoutes(routes: Route[]): Router {
  const router = express.Router({ caseSensitive: true, strict: true })
  for (const [path, group] of Map.groupBy(routes, (route) => route.path)) {
    const place = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'))
    for (const route of group) place[route.method](...serve(route))
    place.all(refuseMethod(group))
  }
  return router
}

function refuseMethod(group: Route[]): RequestHandler {
  const methods = group.map((route) => route.method.toUpperCase())
  const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods
  return (_request, _response, next) => next(new MethodNotAllowed(allowed))
}

/** The guard comes before the parser: a stranger's body is not worth reading. */
function serve(route: Route): RequestHandler[] {
  const principals = new WeakMap<Request, unknown>()
  const admit: RequestHandler = async (request, _response, next) => {
    scopeOf(request).route = route.path
    principals.set(request, await route.guard?.(factsOf(request)))
    next()
  }
  const handle: RequestHandler = async (request, response) => {
    const input = readInput(route, request)
    const principal = principals.get(request)
    send(route, await route.handler({ ...input, principal, request: factsOf(request) }), response)
  }
  return [admit, ...(route.body ? parseBody(route.body) : []), handle]
}

function factsOf(request: Request): RequestFacts {
  const { requestId, log } = scopeOf(request)
  return { requestId, log, authorization: request.get('Authorization') }
}

function send(route: Route, answer: RouteAnswer, response: Response): void {
  const schema = route.answers[answer.status]?.schema
  response.status(answer.status).set(answer.headers ?? {})
  if (!schema) return void response.end()
  // Parsing drops what is not declared: no column reaches a client by accident.
  response.json(schema.parse(answer.body))
}

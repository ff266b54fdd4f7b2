import express, { type RequestHandler, type Response, type Router } from 'express'
import type { DatabaseWatch } from '../database/watch-database.ts'
import type { FileBody, Route, RouteAnswer } from './define-route.ts'
import { CrossOriginRefused, MethodNotAllowed } from './http-errors.ts'
import { isCrossOrigin } from './is-cross-origin.ts'
import { leaveBodyUnread } from './leave-body-unread.ts'
import { parseBody } from './parse-body.ts'
import { readInput } from './read-input.ts'
import { factsOf } from './request-facts.ts'
import { scopeOf } from './request-scope.ts'
import { sendFile } from './send-file.ts'

export type Mounting = {
  /** Pages of these may call every route. */
  corsOrigins: string[]
  database: Pick<DatabaseWatch, 'during'>
}

/** A router of declared routes. A known path refuses other methods with 405. */
export function mountRoutes(routes: Route[], mounting: Mounting): Router {
  const router = express.Router({ caseSensitive: true, strict: true })
  for (const [path, group] of Map.groupBy(routes, (route) => route.path)) {
    const place = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'))
    for (const route of group) place[route.method](...serve(route, mounting))
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
function serve(route: Route, { corsOrigins, database }: Mounting): RequestHandler[] {
  const admit: RequestHandler = async (request, _response, next) => {
    const scope = scopeOf(request)
    scope.route = route.path
    const facts = factsOf(request)
    if (route.refuseCrossOrigin && isCrossOrigin(facts, corsOrigins)) throw new CrossOriginRefused()
    if (route.guard) scope.principal = await database.during(route.guard(facts))
    next()
  }
  const handle: RequestHandler = async (request, response) => {
    const input = readInput(route, request)
    const { principal } = scopeOf(request)
    const answer = route.handler({ ...input, principal, request: factsOf(request) })
    // A stream may take long, and what comes of it must be known: it is never answered for while it goes on.
    const settled = route.body?.as === 'stream' ? answer : database.during(answer)
    await send(route, await settled, response)
  }
  return [admit, ...(route.body ? parseBody(route.body) : []), handle]
}

async function send(route: Route, answer: RouteAnswer, response: Response): Promise<void> {
  const { schema, content, file } = route.answers[answer.status] ?? {}
  leaveBodyUnread(response)
  if (file) return sendFile(response, answer as RouteAnswer & { body: FileBody })
  response.status(answer.status).set(answer.headers ?? {})
  if (content) return void response.type(content).send(answer.body)
  if (!schema) return void response.end()
  // Parsing drops what is not declared: no column reaches a client by accident.
  // `end`, because `json` would answer 304 to If-None-Match: * although no answer here says which version it is.
  response.type('json').end(JSON.stringify(schema.parse(answer.body)))
}

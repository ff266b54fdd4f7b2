import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>()

/** Cuts off who sends a body too slowly, in Node's own words: its server has one time limit for all requests. */
export function limitBodyTime(limitMs: number): RequestHandler {
  return (request, response, next) => {
    if (!hasBody(request)) return next()
    const timer = setTimeout(() => {
      if (request.complete) return
      if (!response.headersSent)
        request.socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
      request.socket.destroySoon()
    }, limitMs)
    timers.set(request, timer)
    request.once('close', () => clearTimeout(timer))
    next()
  }
}

/** The rest of this body may take longer: whoever reads it has a limit of its own. */
export function giveTime(request: IncomingMessage): void {
  clearTimeout(timers.get(request))
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

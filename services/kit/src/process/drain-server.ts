import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer } from 'node:net'
import type { Logger } from './create-logger.ts'

export type DrainOptions = {
  /** After this, what is still running is cut off. */
  drainTimeoutSeconds: number
  /** How long idle connections stay open while draining: longer than a proxy in front keeps them. */
  drainIdleSeconds: number
  logger: Logger
}

const idleSweepMs = 100

/** Watches the requests of a server from its start; the function that it returns lets them finish and closes everything. */
export function prepareToDrain(server: Server): (options: DrainOptions) => Promise<void> {
  const inFlight = new Set<ServerResponse>()
  server.on('request', (_request, response) => {
    inFlight.add(response)
    response.once('close', () => inFlight.delete(response))
  })
  return async (options) => {
    const closed = closeListener(server)
    for (const response of inFlight) askToReconnect(response)
    const timers = planTheEnd(server, options)
    await closed
    for (const timer of timers) clearTimeout(timer)
  }
}

/** The listener alone: http's own close would also cut idle connections, on which a proxy may be sending right now. */
function closeListener(server: Server): Promise<void> {
  return new Promise((resolve) => NetServer.prototype.close.call(server, () => resolve()))
}

function askToReconnect(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close')
}

function planTheEnd(server: Server, options: DrainOptions): NodeJS.Timeout[] {
  const idleFrom = performance.now() + options.drainIdleSeconds * 1_000
  // Again and again: a connection becomes idle when its last answer is out.
  const closeIdle = () => {
    if (performance.now() >= idleFrom) server.closeIdleConnections()
  }
  closeIdle()
  const sweep = setInterval(closeIdle, idleSweepMs)
  const cutAll = setTimeout(() => {
    options.logger.warn('the drain timeout is over; cutting off what still runs')
    server.closeAllConnections()
  }, options.drainTimeoutSeconds * 1_000)
  return [sweep, cutAll]
}

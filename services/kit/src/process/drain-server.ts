import type { Server, ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from './create-logger.ts'

export type DrainOptions = {
  /** After this, what is still running is cut off. */
  drainTimeoutSeconds: number
  /** How long idle connections stay open while draining: longer than a proxy in front keeps them. */
  drainIdleSeconds: number
  logger: Logger
}

const idleSweepMs = 100

/** Where a connection keeps its last response: a set of those in flight costs the garbage collector more than their answers. */
const latest = Symbol('latest response')

type Connection = Socket & { [latest]?: ServerResponse }

/** Watches the requests of a server from its start; the function that it returns lets them finish and closes everything. */
export function prepareToDrain(server: Server): (options: DrainOptions) => Promise<void> {
  const connections = new Set<Connection>()
  server.on('connection', (connection: Connection) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  server.on('request', ({ socket }: { socket: Connection }, response) => {
    socket[latest] = response
  })
  return async (options) => {
    await letWaitingIn()
    const closed = closeListener(server)
    for (const connection of connections) askToReconnect(connection[latest])
    const timers = planTheEnd(server, options)
    await closed
    for (const timer of timers) clearTimeout(timer)
  }
}

/**
 * Who is connected and not accepted yet would be reset when the listener closes. The second turn of the event loop begins with
 * accepting them all, the third with reading what they ask.
 */
async function letWaitingIn(): Promise<void> {
  for (let turn = 1; turn <= 3; turn += 1) await nextTurn()
}

/** The listener alone: http's own close would also cut idle connections, on which a proxy may be sending right now. */
function closeListener(server: Server): Promise<void> {
  return new Promise((resolve) => NetServer.prototype.close.call(server, () => resolve()))
}

function askToReconnect(response: ServerResponse | undefined): void {
  if (response && !response.headersSent) response.setHeader('Connection', 'close')
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

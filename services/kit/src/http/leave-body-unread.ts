import type { IncomingMessage } from 'node:http'
import type { Response } from 'express'

/** The rest of a small body is read and thrown away, which costs less than a new connection. */
const smallBytes = 256_000
/** Time for the answer to reach a client that still sends. */
const lingerMs = 2_000

/**
 * For an answer that comes before the end of its request's body: it is sent, and then the connection closes. Closing at once
 * would lose it: what arrives at a closed socket is answered with a reset, which throws away what the client has not yet read.
 */
export function leaveBodyUnread(response: Response): void {
  const request: IncomingMessage = response.req
  if (request.complete || !mayBeLarge(request)) return
  const { socket } = request
  response.set('Connection', 'close')
  // Node calls this when the answer is out.
  socket.destroySoon = () => {
    socket.end()
    const timer = setTimeout(() => socket.destroy(), lingerMs)
    socket.once('close', () => clearTimeout(timer))
    throwAway(request)
  }
}

function mayBeLarge({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > smallBytes
}

/** Whoever began to read the body may be listening still. */
function throwAway(request: IncomingMessage): void {
  request.on('readable', () => request.read())
  request.read()
}

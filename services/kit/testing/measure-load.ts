import { connect } from 'node:net'

export type Load = {
  port: number
  path: string
  headers: Record<string, string>
  /** That each send one request after the other. */
  connections: number
  seconds: number
}

export type Measured = { perSecond: number; p50Ms: number; p99Ms: number }

const separator = Buffer.from('\r\n\r\n')

/**
 * GETs as fast as they are answered, each with 200. Over bare sockets: Node's own HTTP client costs more than many a server, and
 * would measure itself.
 */
export async function measureLoad({ port, path, headers, connections, seconds }: Load): Promise<Measured> {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}`)
  const request = `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1_000
  const waits = (
    await Promise.all(Array.from({ length: connections }, () => sendUntil(port, request, endsAt)))
  ).flat()
  const sorted = Float64Array.from(waits).sort()
  const quantile = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return {
    perSecond: (waits.length * 1_000) / (performance.now() - startedAt),
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
  }
}

/** The waits of one connection. */
function sendUntil(port: number, request: string, endsAt: number): Promise<number[]> {
  const { promise, resolve, reject } = Promise.withResolvers<number[]>()
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const waits: number[] = []
  let sentAt = 0
  let head = Buffer.alloc(0)
  let missing = 0

  function send(): void {
    sentAt = performance.now()
    if (sentAt >= endsAt) return void socket.end(() => resolve(waits))
    socket.write(request)
  }

  socket.on('connect', send)
  socket.on('error', reject)
  socket.on('close', () => reject(new Error('The server closed the connection.')))
  socket.on('data', (chunk: Buffer) => {
    if (missing > 0) missing -= chunk.length
    else {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf(separator)
      if (end < 0) return
      const length = bodyLength(head.toString('latin1', 0, end))
      if (length === null) return void socket.destroy(new Error(`Answered with ${head}`))
      missing = length - (head.length - end - separator.length)
      head = Buffer.alloc(0)
    }
    if (missing > 0) return
    waits.push(performance.now() - sentAt)
    send()
  })
  return promise
}

/** Null when the answer is no success. */
function bodyLength(head: string): number | null {
  const length = /^HTTP\/1\.1 200 .*\r\ncontent-length: (\d+)/is.exec(head)?.[1]
  return length === undefined ? null : Number(length)
}

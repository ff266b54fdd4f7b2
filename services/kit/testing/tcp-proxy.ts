import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type TcpProxy = {
  /** The server's URL, by way of the proxy. */
  url: string
  /** Ends all connections and refuses new ones, as a stopped server does. */
  cut: () => Promise<void>
  /** Takes connections and passes nothing on, as a paused server does. */
  stall: () => void
  /** Takes connections again, on the same port, and passes on what waited. */
  restore: () => Promise<void>
}

/** A TCP proxy in front of a server such as Redis or PostgreSQL. */
export async function aTcpProxy(serverUrl: string, defaultPort: number): Promise<TcpProxy> {
  const target = new URL(serverUrl)
  const sockets = new Set<Socket>()
  let isStalled = false
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || defaultPort), target.hostname)
    pass(client, upstream)
    pass(upstream, client)
  })

  function pass(from: Socket, to: Socket): void {
    sockets.add(from)
    from.on('data', (chunk) => void to.write(chunk))
    if (isStalled) from.pause()
    // A cut connection is an end like any other here.
    from.on('error', () => {})
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }

  async function listen(on: number): Promise<void> {
    await once(server.listen(on, '127.0.0.1'), 'listening')
  }

  await listen(0)
  const own = (server.address() as AddressInfo).port
  const url = new URL(serverUrl)
  url.hostname = '127.0.0.1'
  url.port = String(own)
  return {
    url: url.href,
    async cut() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
    stall() {
      isStalled = true
      for (const socket of sockets) socket.pause()
    },
    async restore() {
      isStalled = false
      for (const socket of sockets) socket.resume()
      if (!server.listening) await listen(own)
    },
  }
}

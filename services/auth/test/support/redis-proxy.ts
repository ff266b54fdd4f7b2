import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type RedisProxy = {
  url: string
  /** Ends all connections and refuses new ones, as a stopped Redis does. */
  cut: () => Promise<void>
  /** Takes everything and answers nothing, as a paused Redis does. */
  stall: () => void
  /** Takes connections and answers again, on the same port. */
  restore: () => Promise<void>
}

/** A TCP proxy in front of a Redis. */
export async function aRedisProxy(redisUrl: string): Promise<RedisProxy> {
  const { hostname, port } = new URL(redisUrl)
  const sockets = new Set<Socket>()
  let isStalled = false
  const server = createServer((client) => {
    const redis = connect(Number(port || 6379), hostname)
    pass(client, redis)
    pass(redis, client)
  })

  function pass(from: Socket, to: Socket): void {
    sockets.add(from)
    from.on('data', (chunk) => isStalled || to.write(chunk))
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
  return {
    url: `redis://127.0.0.1:${own}`,
    async cut() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
    stall() {
      isStalled = true
    },
    async restore() {
      isStalled = false
      if (!server.listening) await listen(own)
    },
  }
}

import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A path, and how it is asked for. */
export type Rehearsed = RequestInit & { path: string }

const rounds = 150
const longestMs = 10_000

/**
 * Has the app answer these requests again and again before anybody else can ask: code that has not run yet is slow, and people would wait
 * for it while a deploy replaces a container. Ends at the first failure, which those who ask later are told.
 */
export async function rehearse(app: RequestListener, requests: Rehearsed[]): Promise<void> {
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const endsAt = performance.now() + longestMs
  try {
    for (let round = 0; round < rounds && performance.now() < endsAt; round += 1)
      await Promise.all(requests.map((request) => ask(base, request)))
  } catch {
    // The service starts all the same, as it does while its database is away.
  } finally {
    server.close().closeAllConnections()
  }
}

async function ask(base: string, { path, ...init }: Rehearsed): Promise<void> {
  const response = await fetch(base + path, { ...init, signal: AbortSignal.timeout(longestMs) })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}`)
}

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { afterAll, expect, test } from 'vitest'
import { startAuth } from './support/start-auth.ts'

const form = { username: 'ada@example.com', password: 'correct horse battery' }

/** Takes connections and never says a word, as a frozen server does. */
async function aSilentServer() {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { url: `postgresql://app:x@127.0.0.1:${port}/x`, close }
}

const silent = await aSilentServer()
afterAll(silent.close)
const services = {
  'nobody listens': await startAuth({ DATABASE_URL: 'postgresql://app:x@127.0.0.1:1/x' }),
  'its name is unknown': await startAuth({ DATABASE_URL: 'postgresql://app:x@finity.invalid/x' }),
  'it takes connections and says nothing': await startAuth({ DATABASE_URL: silent.url }),
}

test.each(Object.entries(services))('answers 503 soon when the database is away: %s', async (_case, auth) => {
  const startedAt = performance.now()

  const answer = await auth.send('/auth/jwt/login', { form })

  expectProblem(answer, 503, 'DATABASE_UNAVAILABLE')
  expect(performance.now() - startedAt).toBeLessThan(1_500)
})

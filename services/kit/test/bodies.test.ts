import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineRoute, streamBody } from '../src/http/define-route.ts'
import { Forbidden, InvalidBody, UploadTooSlow } from '../src/http/http-errors.ts'
import { type Pace, requirePace } from '../src/http/require-pace.ts'
import { serveRoutes } from './support/serve-routes.ts'

const shared = { summary: 'Takes a body', tag: 'test' } as const
const counted = { 200: { description: 'How much came', schema: z.object({ bytes: z.int() }) } }
const patient: Pace = { idleMs: 20_000, bytesPerSecond: 0, windowMs: 20_000 }

const parsed = defineRoute({
  ...shared,
  method: 'post',
  path: '/json',
  operationId: 'json',
  body: { as: 'json', schema: z.object({ word: z.string() }) },
  answers: { 204: { description: 'Read' } },
  handler: async () => ({ status: 204 }),
})

function takeAt(pace: Pace) {
  return defineRoute({
    ...shared,
    method: 'post',
    path: '/stream',
    operationId: 'stream',
    body: { as: 'stream', schema: streamBody },
    answers: counted,
    handler: async ({ body }) => {
      const { length } = await buffer(requirePace(body, pace))
      return { status: 200, body: { bytes: length } }
    },
  })
}

const refuse = defineRoute({
  ...shared,
  method: 'post',
  path: '/refuse',
  operationId: 'refuse',
  body: { as: 'stream', schema: streamBody },
  answers: counted,
  handler: async () => {
    throw new Forbidden('REFUSED_EARLY')
  },
})

/** A connection on which a body of this length was announced. */
async function announce(url: string, path: string, length: number): Promise<Socket & { text: () => string }> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  await once(socket, 'connect')
  socket.on('error', () => {})
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`,
  )
  return Object.assign(socket, { text: () => text })
}

/** Sends without a look at the answer, as clients do that send first and read then; until it has sent so much, or is cut off. */
async function sendBlindly(socket: Socket, bytes: number): Promise<void> {
  const chunk = Buffer.alloc(65_536)
  socket.pause()
  for (let sent = 0; sent < bytes && !socket.destroyed; sent += chunk.length)
    if (!socket.write(chunk))
      await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {})
  socket.resume()
}

test('cuts off who sends a small body too slowly', async () => {
  const { url } = await serveRoutes([parsed], { bodyTimeMs: 200 })
  const socket = await announce(url, '/json', 100)

  socket.write('{"word":')
  await once(socket, 'close')

  expect(socket.text()).toMatch(/^HTTP\/1\.1 408 /)
})

test('cuts off who goes on sending slowly although the answer is out', async () => {
  const { url } = await serveRoutes([parsed], { bodyTimeMs: 200 })
  const socket = await announce(url, '/nowhere', 100)

  await once(socket, 'close')

  expect(socket.text()).toMatch(/^HTTP\/1\.1 404 /)
  expect(socket.text()).not.toContain('408')
})

test('gives a stream the time that it takes', async () => {
  const { url } = await serveRoutes([takeAt(patient)], { bodyTimeMs: 100 })
  const socket = await announce(url, '/stream', 12)

  for (const part of ['one ', 'two ', 'last']) {
    await new Promise((resolve) => setTimeout(resolve, 80))
    socket.write(part)
  }

  await expect.poll(socket.text).toContain('{"bytes":12}')
  socket.destroy()
})

test.each([
  ['comes to a stop', { idleMs: 200, bytesPerSecond: 0, windowMs: 20_000 }],
  ['comes in drops', { idleMs: 20_000, bytesPerSecond: 10_000, windowMs: 200 }],
])('ends a stream that %s, and says so', async (_case, pace) => {
  const { url } = await serveRoutes([takeAt(pace)])
  const socket = await announce(url, '/stream', 1_000_000)
  const drops = setInterval(() => socket.write('x'), pace.bytesPerSecond ? 50 : 100_000)

  await once(socket, 'close')

  clearInterval(drops)
  expect(socket.text()).toMatch(/^HTTP\/1\.1 408 /)
  expect(socket.text()).toContain(new UploadTooSlow().code)
})

test('does not take what it does with a stream for the slowness of its sender', async () => {
  const { url } = await serveRoutes([
    defineRoute({
      ...shared,
      method: 'post',
      path: '/stream',
      operationId: 'stream',
      body: { as: 'stream', schema: streamBody },
      answers: counted,
      handler: async ({ body }) => {
        let bytes = 0
        for await (const chunk of requirePace(body, {
          idleMs: 100,
          bytesPerSecond: 1_000_000,
          windowMs: 100,
        })) {
          await new Promise((resolve) => setTimeout(resolve, 150))
          bytes += chunk.length
        }
        return { status: 200, body: { bytes } }
      },
    }),
  ])
  const socket = await announce(url, '/stream', 200_000)

  socket.write(Buffer.alloc(200_000))

  await expect.poll(socket.text, { timeout: 5_000 }).toContain('{"bytes":200000}')
  socket.destroy()
})

test.each([
  '/refuse',
  '/nowhere',
])('answers who sends gigabytes that it does not want, and closes: %s', async (path) => {
  const { url } = await serveRoutes([refuse])
  const socket = await announce(url, path, 100_000_000_000)

  await sendBlindly(socket, 50_000_000)
  if (!socket.destroyed) await once(socket, 'close')

  expect(socket.text()).toMatch(/^HTTP\/1\.1 40[34] .*connection: close.*\r\n\r\n\{.*\}$/is)
}, 15_000)

test('goes on with a connection whose small body it did not want', async () => {
  const { url } = await serveRoutes([refuse])
  const socket = await announce(url, '/refuse', 100)
  await expect.poll(socket.text).toContain('REFUSED_EARLY')

  socket.write(`${'x'.repeat(100)}GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n`)

  await expect.poll(socket.text).toMatch(/403.*404/s)
  socket.destroy()
})

test('takes a sender who leaves half-way for that, and not for a fault of its own', async () => {
  const failures: unknown[] = []
  const { url } = await serveRoutes([
    {
      ...takeAt(patient),
      handler: async ({ body }) => {
        await buffer(requirePace(body as Readable, patient)).catch((error: unknown) => failures.push(error))
        return { status: 200, body: { bytes: 0 } }
      },
    },
  ])
  const socket = await announce(url, '/stream', 1_000)

  socket.write('half', () => socket.destroy())

  await expect.poll(() => failures).toEqual([expect.any(InvalidBody)])
})

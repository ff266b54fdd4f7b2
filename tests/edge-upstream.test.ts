import { once } from 'node:events'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf, besideEdge, idInEdge, removeEdge, send, startEdge } from './support/edge.ts'
import { docker, until } from './support/stack.ts'

const settings = { TRUSTED_PROXIES: '172.16.0.0/12 192.168.0.0/16 10.0.0.0/8' }
let origin = ''

beforeAll(async () => {
  startEdge(settings)
  origin = `https://${addressOf(idInEdge('gate'))}`
  besideEdge(['auth', 'api'], ['node', 'tests/support/echo-server.ts'])
  await until(async () => (await ask('/auth/x')).status === 200)
})

afterAll(removeEdge)

async function ask(path: string, options: Parameters<typeof send>[1] = {}) {
  const reply = await send(origin + path, {
    servername: 'localhost',
    ...options,
    headers: { host: 'localhost', ...options.headers },
  })
  return { ...reply, told: JSON.parse(reply.body.toString()) }
}

describe('the edge', () => {
  test.each([
    ['announced', { 'content-length': 1_000_001 }],
    ['not announced', { 'transfer-encoding': 'chunked' }],
  ])('refuses more than 1 MB for auth, its length %s', async (_, headers) => {
    const { status, told } = await ask('/auth/x', { method: 'POST', headers, body: Buffer.alloc(1_000_001) })

    expect([status, told.detail]).toEqual([413, 'BODY_TOO_LARGE'])
  })

  test('lets the api say how much it takes', async () => {
    const { told } = await ask('/api/media', { method: 'POST', body: Buffer.alloc(3_000_000) })

    expect(told.bytes).toBe(3_000_000)
  })

  test.each(['/health', '/ready'])('lets the api say %s to who watches from outside', async (path) => {
    const { told } = await ask(path)

    expect(told.seen).toContain(path)
  })

  test('believes the proxies that it is told to trust, and only the hop that they saw', async () => {
    const { told } = await ask('/auth/x', { headers: { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' } })

    expect(told.headers['x-forwarded-for']).toBe('203.0.113.9')
  })

  // Go itself repeats what is safe, once, when a connection that was kept alive breaks.
  test.each([
    ['POST', 1],
    ['GET', 2],
  ])('sends a %s that may have arrived at most %i times', async (method, most) => {
    const path = `/auth/${method}/hang-up`

    const { status, headers } = await ask(path, { method })

    expect([status, headers['retry-after']]).toEqual([502, '5'])
    const { told } = await ask('/auth/x')
    expect(told.seen.filter((url: string) => url === path).length).toBeLessThanOrEqual(most)
  })

  test('asks another container of a service when one does not listen', async () => {
    const silent = besideEdge(['auth'], ['sleep', 'infinity'])

    const replies = await Promise.all(Array.from({ length: 20 }, () => ask('/auth/x', { agent: false })))

    docker('rm', '--force', silent)
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 200))
  })

  test('says that it leaves also to who began to ask before that', async () => {
    const open = await begin('/api/early')
    docker('kill', '--signal', 'TERM', idInEdge('web'))
    await until(async () => isLeaving((await ask('/auth/x')).headers))

    open.end('b')
    const [finished] = (await once(open, 'response')) as [IncomingMessage]

    startEdge(settings)
    expect(finished.headers.connection).toBe('close')
  })

  test('says that it leaves before it closes what is kept alive, and finishes what is open', async () => {
    const open = await begin('/api/open')
    docker('kill', '--signal', 'TERM', idInEdge('web'))

    await until(async () => isLeaving((await ask('/auth/x')).headers))
    await until(async () =>
      ask('/auth/x').then(
        () => false,
        () => true,
      ),
    )

    open.end('b')
    const [finished] = await once(open, 'response')
    startEdge(settings)
    expect(finished.statusCode).toBe(200)
  })

  test('is unhealthy in the network of a gate that was started anew, and well when it is started anew itself', async () => {
    const web = idInEdge('web')
    const health = [
      'exec',
      web,
      'wget',
      '--quiet',
      '--spider',
      '--tries=1',
      '--timeout=2',
      'http://127.0.0.1:2080/network',
    ]
    docker(...health)

    docker('restart', '--time', '1', idInEdge('gate'))
    expect(() => docker(...health)).toThrow()
    docker('restart', web)

    expect(await until(async () => docker(...health) === '')).toBeGreaterThan(0)
  })
})

/** A request of two bytes, whose first one the service has. */
async function begin(path: string) {
  const headers = { host: 'localhost', 'content-length': 2 }
  const options = { method: 'POST', headers, servername: 'localhost', rejectUnauthorized: false }
  const open = request(origin + path, options)
  open.write('a')
  await until(async () => (await ask('/auth/x')).told.seen.includes(path))
  return open
}

/** Says that this connection ends, and that the next is better made without HTTP/3. */
const isLeaving = (headers: IncomingHttpHeaders) =>
  headers.connection === 'close' && headers['alt-svc'] === 'clear'

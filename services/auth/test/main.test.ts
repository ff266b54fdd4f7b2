import { openSocket } from '@finity/kit/testing/open-socket.ts'
import { portOf } from '@finity/kit/testing/port-of.ts'
import { startProcess } from '@finity/kit/testing/start-process.ts'
import { aDatabase } from '@finity/kit/testing/test-database.ts'
import { afterAll, expect, inject, test } from 'vitest'

const main = new URL('../src/main.ts', import.meta.url).pathname
const database = await aDatabase(inject('templateDatabase'))
afterAll(database.drop)

const environment = { DATABASE_URL: database.url, SECRET: 'a secret', HOST: '127.0.0.1', PORT: '0' }

async function aRunningService(changes: Record<string, string> = {}) {
  const service = startProcess(main, { ...environment, ...changes })
  return { ...service, port: portOf(await service.says('"listening"')) }
}

const form = 'username=ada%40example.com&password=correct-horse'
const headers = [
  'POST /auth/jwt/login HTTP/1.1',
  'Host: auth',
  'Content-Type: application/x-www-form-urlencoded',
  `Content-Length: ${form.length}`,
]

test('finishes the request in flight when it is told to stop, then exits with 0', async () => {
  const service = await aRunningService()
  const socket = await openSocket(service.port)
  socket.send(`${headers.join('\r\n')}\r\nExpect: 100-continue\r\n\r\n${form.slice(0, 10)}`)
  await fetch(`http://127.0.0.1:${service.port}/health`)

  service.signal('SIGTERM')
  await service.says('"draining"')
  socket.send(form.slice(10))
  const received = await socket.received

  expect(received).toMatch(/HTTP\/1.1 400 Bad Request[\s\S]*Connection: close[\s\S]*LOGIN_BAD_CREDENTIALS/)
  expect(await service.exitCode).toBe(0)
})

test('takes no new connection while it drains, and says on old ones that it is not ready', async () => {
  const service = await aRunningService({ DRAIN_IDLE_SECONDS: '5' })
  const kept = await openSocket(service.port)
  await fetch(`http://127.0.0.1:${service.port}/health`)

  service.signal('SIGTERM')
  const refusal = () => openSocket(service.port).catch((error: { code: string }) => error.code)
  await expect.poll(refusal).toBe('ECONNREFUSED')
  kept.send('GET /ready HTTP/1.1\r\nHost: auth\r\n\r\n')

  expect(await kept.received).toMatch(/HTTP\/1.1 503[\s\S]*DRAINING/)
  service.signal('SIGKILL')
})

test('cuts off a request that outlasts the drain timeout and still exits with 0', async () => {
  const service = await aRunningService({ DRAIN_TIMEOUT_SECONDS: '1' })
  const socket = await openSocket(service.port)
  socket.send(`${headers.join('\r\n')}\r\n\r\nusername`)
  await fetch(`http://127.0.0.1:${service.port}/health`)

  service.signal('SIGTERM')

  expect(await service.exitCode).toBe(0)
  expect(service.output()).toContain('drain timeout is over')
})

test('says in one sentence that its port is taken', async () => {
  const first = await aRunningService()

  const second = startProcess(main, { ...environment, PORT: String(first.port) })

  expect(await second.exitCode).toBe(1)
  expect(second.output()).toContain(`cannot listen on port ${first.port}: another process uses this port`)
  first.signal('SIGKILL')
})

test('names everything that is wrong with its environment at once', async () => {
  const service = startProcess(main, { PORT: 'x', LOG_LEVEL: 'loud', CORS_ORIGINS: '*' })

  expect(await service.exitCode).toBe(1)
  expect(service.output()).toMatch(
    /PORT: [\s\S]*LOG_LEVEL: [\s\S]*CORS_ORIGINS: [\s\S]*DATABASE_URL: [\s\S]*SECRET: /,
  )
})

test.each([
  ['no secret', {}, 'SECRET: is not set'],
  ['a short secret', { SECRET: 'too short' }, 'SECRET: must have at least 32 characters'],
  [
    'the known secret',
    { SECRET: `development-only-${'x'.repeat(32)}` },
    'SECRET: is the known development value',
  ],
])('does not start in production with %s', async (_case, secret, sentence) => {
  const { SECRET: _secret, ...others } = environment
  const service = startProcess(main, { ...others, DATABASE_PASSWORD: 'x', ...secret, NODE_ENV: 'production' })

  expect(await service.exitCode).toBe(1)
  expect(service.output()).toContain(sentence)
})

test('never writes a secret to its log', async () => {
  const service = await aRunningService({ SECRET: 'hush-hush-secret', LOG_LEVEL: 'trace' })
  const body = '{"email":"ada@example.com","password":"hush-hush-password"}'

  await fetch(`http://127.0.0.1:${service.port}/auth/register`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', authorization: 'Bearer hush-hush-token' },
  })
  await service.says('"/auth/register"')
  service.signal('SIGTERM')
  await service.exitCode

  expect(service.output()).not.toContain('hush-hush')
})

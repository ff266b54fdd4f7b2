import { openSocket } from '@finity/kit/testing/open-socket.ts'
import { portOf } from '@finity/kit/testing/port-of.ts'
import { type RequestParts, sendRequest } from '@finity/kit/testing/send-request.ts'
import { startProcess } from '@finity/kit/testing/start-process.ts'
import { aDatabase } from '@finity/kit/testing/test-database.ts'
import { afterAll, expect, inject, test } from 'vitest'
import { cookieIn, tokenIn } from './support/accounts.ts'
import { testSecrets } from './support/start-auth.ts'

const main = new URL('../src/main.ts', import.meta.url).pathname
const database = await aDatabase(inject('templateDatabase'))
afterAll(database.drop)

const environment: Record<string, string> = {
  ...testSecrets,
  DATABASE_URL: database.url,
  HOST: '127.0.0.1',
  PORT: '0',
  METRICS_PORT: '0',
}

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
    /PORT: [\s\S]*LOG_LEVEL: [\s\S]*CORS_ORIGINS: [\s\S]*DATABASE_URL: [\s\S]*SECRET: [\s\S]*USERS_VERIFICATION_TOKEN_SECRET: [\s\S]*USERS_RESET_PASSWORD_TOKEN_SECRET: /,
  )
})

const secretNames = Object.keys(testSecrets)
test.each([
  ['no', '', 'is not set'],
  ['a short', 'too short', 'must have at least 32 characters'],
  ['the known', `development-only-${'x'.repeat(32)}`, 'is the known development value'],
])('does not start in production with %s secret, whichever it is', async (_case, value, problem) => {
  const secrets = Object.fromEntries(secretNames.map((name) => [name, value]))
  const production = { DATABASE_PASSWORD: 'x', NODE_ENV: 'production' }
  const service = startProcess(main, { ...environment, ...production, ...secrets })

  expect(await service.exitCode).toBe(1)
  for (const name of secretNames) expect(service.output()).toContain(`${name}: ${problem}`)
})

test('tells operators what it does, on the port for metrics', async () => {
  const service = await aRunningService()
  const { metricsPort } = JSON.parse(await service.says('"listening"')) as { metricsPort: number }
  const send = (path: string, parts: RequestParts) =>
    sendRequest(`http://127.0.0.1:${service.port}${path}`, parts)
  const [email, password] = ['metrics@example.com', 'correct horse battery']
  await send('/auth/register', { json: { email, password } })
  const signedIn = await send('/auth/jwt/login', { form: { username: email, password } })
  await send('/auth/jwt/login', { form: { username: email, password: 'not the password' } })
  await send('/auth/refresh', { method: 'POST', headers: { cookie: cookieIn(signedIn, 'finity-refresh') } })

  const { body } = await sendRequest(`http://127.0.0.1:${metricsPort}/metrics`)

  service.signal('SIGKILL')
  for (const line of [
    'auth_sign_ins_total{result="ok",service="auth"} 1',
    'auth_sign_ins_total{result="refused",service="auth"} 1',
    'auth_refreshes_total{result="ok",service="auth"} 1',
    'auth_password_hash_seconds_count{service="auth",operation="verify"} 2',
    'auth_password_hash_queue{service="auth"} 0',
    'auth_mails_waiting{service="auth"} 1',
  ])
    expect(body).toContain(line)
})

test('writes no address, password, token or secret to its log, whatever is asked of it', async () => {
  const mail = { SMTP_HOST: '127.0.0.1', SMTP_PORT: '1' }
  const service = await aRunningService({ ...mail, SECRET: 'hush-hush-secret', LOG_LEVEL: 'trace' })
  const send = (path: string, parts: RequestParts) =>
    sendRequest(`http://127.0.0.1:${service.port}${path}`, parts)
  const [email, password] = ['hush-hush@example.com', 'hush-hush-password']

  await send('/auth/register', { json: { email, password } })
  await send('/auth/register', { json: { email, password } })
  await send('/auth/jwt/login', { form: { username: email, password: 'hush-hush-guess' } })
  const signedIn = await send('/auth/jwt/login', { form: { username: email, password } })
  const token = tokenIn(signedIn)
  const cookie = cookieIn(signedIn, 'finity-refresh')
  const refreshed = await send('/auth/refresh', { method: 'POST', headers: { cookie } })
  await send('/auth/forgot-password', { json: { email } })
  await send('/auth/reset-password', { json: { token: 'hush-hush-token', password } })
  await send('/auth/verify?token=hush-hush-token', { json: { token: 'hush-hush-token' } })
  await send('/users/me', { method: 'PATCH', token, json: { email: 'hush-hush', password: 'hush-hush' } })
  await send('/users/me', { token: 'hush-hush-token' })
  await service.says('could not send a mail')
  service.signal('SIGTERM')
  await service.exitCode

  const tokens = [token, tokenIn(refreshed), cookie, cookieIn(refreshed, 'finity-refresh')]
  expect(refreshed.status).toBe(200)
  for (const secret of ['hush-hush', ...tokens.map((text) => text.slice(-20))])
    expect(service.output()).not.toContain(secret)
})

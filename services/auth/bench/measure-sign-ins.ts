import { randomUUID } from 'node:crypto'
import { Agent, type IncomingHttpHeaders, request as sendRequest } from 'node:http'
import { portOf } from '@finity/kit/testing/port-of.ts'
import { redisUrl } from '@finity/kit/testing/redis-url.ts'
import { startProcess } from '@finity/kit/testing/start-process.ts'
import { aMigratedTemplate } from '@finity/kit/testing/test-database.ts'

/**
 * Sign-ins a second beside the bare argon2 rate, the wait for GET /health meanwhile, and refreshes a second.
 * Both servers in turns under the same load, each a process of its own; medians of the rounds. Run: npm run bench -- auth
 */
const rounds = 3
const secondsEach = 5
const levels = [1, 2, 4, 16]
const password = 'correct horse battery'

type Reply = { status: number; headers: IncomingHttpHeaders }
type Job = (worker: number) => Promise<Reply>

const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const fileOf = (path: string) => new URL(path, import.meta.url).pathname

function send(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>()
  const method = body === undefined ? 'GET' : 'POST'
  sendRequest({ agent, host: '127.0.0.1', port, path, method, headers }, (response) => {
    response
      .resume()
      .once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
  })
    .once('error', reject)
    .end(body)
  return promise
}

/** Successes a second of `workers` that each send one request after the other. */
async function rateOf(workers: number, job: Job): Promise<number> {
  const startedAt = performance.now()
  const endsAt = startedAt + secondsEach * 1_000
  let done = 0
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      while (performance.now() < endsAt) {
        const { status } = await job(worker)
        if (status !== 200) throw new Error(`A request was answered with ${status}.`)
        done += 1
      }
    }),
  )
  return (done * 1_000) / (performance.now() - startedAt)
}

/** The waits for GET /health, one request after the other every 20 ms, while `work` runs. */
async function probeDuring<T>(port: number, waits: number[], work: Promise<T>): Promise<T> {
  let isOver = false
  const over = work.finally(() => {
    isOver = true
  })
  while (!isOver) {
    const startedAt = performance.now()
    await send(port, '/health')
    waits.push(performance.now() - startedAt)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return over
}

function quantile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

const median = (samples: number[]) => quantile(samples, 0.5)

const database = await aMigratedTemplate(fileOf('../src/migrate.ts'))
const bare = startProcess(fileOf('./bare-argon2.ts'), {})
const auth = startProcess(fileOf('../src/main.ts'), {
  DATABASE_URL: database.url,
  REDIS_URL: redisUrl(),
  SECRET: randomUUID(),
  USERS_VERIFICATION_TOKEN_SECRET: randomUUID(),
  USERS_RESET_PASSWORD_TOKEN_SECRET: randomUUID(),
  RATE_LIMIT_FACTOR: '1000000',
  HOST: '127.0.0.1',
  PORT: '0',
  METRICS_PORT: '0',
})
const barePort = portOf(await bare.says('"listening"'))
const authPort = portOf(await auth.says('"listening"'))

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const emails = Array.from({ length: Math.max(...levels) }, () => `${randomUUID()}@example.com`)
for (const email of emails)
  await send(
    authPort,
    '/auth/register',
    { 'content-type': 'application/json' },
    JSON.stringify({ email, password }),
  )

const signIn: Job = (worker) =>
  send(
    authPort,
    '/auth/jwt/login',
    form,
    `username=${emails[worker]}&password=${password.replaceAll(' ', '+')}`,
  )
const verify: Job = () => send(barePort, '/')

async function measureSignIns(workers: number) {
  const rates = { bare: [] as number[], auth: [] as number[] }
  const waits: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    // Asked for in both, since the asking has its cost too.
    rates.bare.push(await probeDuring(barePort, [], rateOf(workers, verify)))
    rates.auth.push(await probeDuring(authPort, waits, rateOf(workers, signIn)))
  }
  return {
    'at once': workers,
    'bare/s': median(rates.bare).toFixed(1),
    'sign-ins/s': median(rates.auth).toFixed(1),
    share: `${((100 * median(rates.auth)) / median(rates.bare)).toFixed(1)} %`,
    'health p50 ms': median(waits).toFixed(1),
    'health p99 ms': quantile(waits, 0.99).toFixed(1),
  }
}

async function measureRefreshes(workers: number) {
  const cookies = await Promise.all(
    Array.from(
      { length: workers },
      async (_, worker) => (await signIn(worker)).headers['set-cookie']?.[0] ?? '',
    ),
  )
  const rates: number[] = []
  for (let round = 0; round < rounds; round += 1)
    rates.push(
      await rateOf(workers, async (worker) => {
        const cookie = cookies[worker]?.split(';', 1)[0] ?? ''
        const reply = await send(authPort, '/auth/refresh', { cookie }, '')
        cookies[worker] = reply.headers['set-cookie']?.[0] ?? ''
        return reply
      }),
    )
  return { 'at once': workers, 'refreshes/s': median(rates).toFixed(0) }
}

await rateOf(4, verify)
await rateOf(4, signIn)
const signIns = []
for (const level of levels) signIns.push(await measureSignIns(level))
console.table(signIns)
console.table([await measureRefreshes(1), await measureRefreshes(16)])

for (const process of [bare, auth]) process.signal('SIGTERM')
await Promise.all([bare.exitCode, auth.exitCode])
await database.drop()

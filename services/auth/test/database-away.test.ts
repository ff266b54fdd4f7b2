import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import type { Answer } from '@finity/kit/testing/send-request.ts'
import { aTcpProxy } from '@finity/kit/testing/tcp-proxy.ts'
import { aDatabase } from '@finity/kit/testing/test-database.ts'
import { afterAll, expect, inject, test } from 'vitest'
import { aRegisteredAccount, aTokenOf } from './support/accounts.ts'
import { startAuth } from './support/start-auth.ts'

const database = await aDatabase(inject('templateDatabase'))
const proxy = await aTcpProxy(database.url, 5432)
const auth = await startAuth({ DATABASE_URL: proxy.url })
afterAll(database.drop)
const token = await aTokenOf(auth, await aRegisteredAccount(auth))

/** A second, and what a busy machine adds to it. */
const soonMs = 1_500

async function timed(path: string): Promise<{ answer: Answer; ms: number }> {
  const startedAt = performance.now()
  const answer = await auth.send(path, { token })
  return { answer, ms: performance.now() - startedAt }
}

test.each([
  ['stopped', () => proxy.cut()],
  ['frozen', async () => proxy.stall()],
])('answers 503 soon while the database is %s, and serves again by itself', async (_case, takeAway) => {
  await takeAway()
  const refused = await timed('/users/me')
  const ready = await timed('/ready')
  const alive = await timed('/health')
  await proxy.restore()

  expectProblem(refused.answer, 503, 'DATABASE_UNAVAILABLE')
  expect(refused.answer.headers.get('retry-after')).toBe('2')
  expect([ready.answer.status, alive.answer.status]).toEqual([503, 200])
  for (const { ms } of [refused, ready, alive]) expect(ms).toBeLessThan(soonMs)
  await expect.poll(async () => (await timed('/users/me')).answer.status, { timeout: 2_000 }).toBe(200)
})

test('goes on checking tokens with the keys it knows while the database is away', async () => {
  await proxy.cut()

  const answer = await auth.send('/.well-known/jwks.json')

  await proxy.restore()
  expect(answer.status).toBe(200)
})

import { randomUUID } from 'node:crypto'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Api, startApi } from '../support/start-api.ts'

/** Each test begins with keys that were never read. */
const apis = [await startApi(), await startApi(), await startApi()]
let api: Api

beforeEach(() => {
  api = apis.pop() as Api
})

afterEach(() => {
  vi.useRealTimers()
})

function elevenMinutesLater(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 660_000 })
}

test('asks to come back while the keys cannot be read, and recovers by itself', async () => {
  const token = await api.issuer.sign(randomUUID())
  api.issuer.setAway(true)

  const refused = await api.send('/api/documents', { token })
  const ready = await api.send('/ready')
  api.issuer.setAway(false)
  const served = await api.send('/api/documents', { token })

  expectProblem(refused, 503, 'SIGNING_KEYS_UNAVAILABLE')
  expect(refused.headers.get('retry-after')).toBe('2')
  expectProblem(ready, 503, 'NOT_READY')
  expect(served.status).toBe(200)
})

test('goes on with the keys it knows while the issuer is away for long', async () => {
  const token = await api.issuer.sign(randomUUID())
  await api.send('/api/documents', { token })

  await api.issuer.close()
  elevenMinutesLater()
  const answer = await api.send('/api/documents', { token })

  expect(answer.status).toBe(200)
})

test('learns a new key without a restart', async () => {
  await api.send('/api/documents', { token: await api.issuer.sign(randomUUID()) })

  await api.issuer.changeKey()
  elevenMinutesLater()
  const answer = await api.send('/api/documents', { token: await api.issuer.sign(randomUUID()) })

  expect(answer.status).toBe(200)
})

import { randomUUID } from 'node:crypto'
import { redisUrl } from '@finity/kit/testing/redis-url.ts'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { keysOf, passing, redis, retryAfter, startLimits, untilShared } from './start-limits.ts'

const shared = startLimits(redisUrl())
const replica = startLimits(redisUrl())
const generous = startLimits(redisUrl(), undefined, 10)
const alone = startLimits(null)

beforeAll(() => Promise.all([shared, replica, generous].map(untilShared)))
afterEach(() => void vi.useRealTimers())

describe.each([
  ['Redis', shared],
  ['memory', alone],
])('counted in %s', (_, limits) => {
  test('the sixth sign-in attempt of an account waits for the end of the window', async () => {
    const account = randomUUID()
    const first = await passing(5, () => limits.take('sign-in-by-account', account))

    const seconds = await retryAfter(limits, 'sign-in-by-account', account)

    expect(first).toBe(5)
    expect(seconds).toBeGreaterThan(880)
    expect(seconds).toBeLessThanOrEqual(900)
  })

  test('of a hundred attempts at once exactly the limit pass', async () => {
    const address = randomUUID()

    const passed = await passing(100, () => limits.take('sign-in-by-address', address))

    expect(passed).toBe(30)
  })

  test('the attempts of one account are not those of another, nor of another limit', async () => {
    const account = randomUUID()
    await passing(100, () => limits.take('sign-in-by-account', account))

    const others = [
      await retryAfter(limits, 'sign-in-by-account', randomUUID()),
      await retryAfter(limits, 'password-by-account', account),
    ]

    expect(others).toEqual([null, null])
  })

  test('an attempt that is given back can be made again, once', async () => {
    const account = randomUUID()
    await passing(5, () => limits.take('sign-in-by-account', account))

    await limits.giveBack('sign-in-by-account', account)

    expect(await passing(5, () => limits.take('sign-in-by-account', account))).toBe(1)
  })

  test('what was never taken cannot be given back', async () => {
    const account = randomUUID()

    await limits.giveBack('sign-in-by-account', account)

    expect(await passing(100, () => limits.take('sign-in-by-account', account))).toBe(5)
  })

  test('a cleared account has all attempts again', async () => {
    const account = randomUUID()
    await passing(10, () => limits.take('sign-in-by-account', account))

    await limits.clear('sign-in-by-account', account)

    expect(await passing(10, () => limits.take('sign-in-by-account', account))).toBe(5)
  })
})

test('two replicas count together', async () => {
  const account = randomUUID()
  await passing(3, () => shared.take('sign-in-by-account', account))

  const passed = await passing(10, () => replica.take('sign-in-by-account', account))

  expect(passed).toBe(2)
})

test('the factor multiplies every limit', async () => {
  const address = randomUUID()

  const passed = await passing(400, () => generous.take('sign-in-by-address', address))

  expect(passed).toBe(300)
})

test('the block ends with the window, and attempts while blocked do not prolong it', async () => {
  const account = randomUUID()
  await passing(5, () => shared.take('sign-in-by-account', account))
  const [key = ''] = await keysOf(account)
  await redis.pexpire(key, 30_000)

  await passing(100, () => shared.take('sign-in-by-account', account))

  expect(await redis.pttl(key)).toBeLessThanOrEqual(30_000)
  expect(await retryAfter(shared, 'sign-in-by-account', account)).toBeLessThanOrEqual(30)
})

test('a new window has all attempts, and an account that was hammered waits no longer for it', async () => {
  const account = randomUUID()
  await passing(10, () => shared.take('sign-in-by-account', account))
  const [key = ''] = await keysOf(account)

  await redis.pexpire(key, 1)

  await vi.waitFor(() => shared.take('sign-in-by-account', account))
  expect(await passing(10, () => shared.take('sign-in-by-account', account))).toBe(4)
})

test('the wait is in whole seconds, rounded up, until the very end of the window', async () => {
  vi.useFakeTimers()
  const account = randomUUID()
  await passing(5, () => alone.take('sign-in-by-account', account))

  const waits = []
  for (const later of [0, 1, 500_000, 399_998]) {
    vi.advanceTimersByTime(later)
    waits.push(await retryAfter(alone, 'sign-in-by-account', account))
  }

  expect(waits).toEqual([900, 900, 400, 1])
  vi.advanceTimersByTime(1)
  expect(await retryAfter(alone, 'sign-in-by-account', account)).toBeNull()
})

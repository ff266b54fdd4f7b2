import { randomUUID } from 'node:crypto'
import { createLogger } from '@finity/kit/process/create-logger.ts'
import { redisUrl } from '@finity/kit/testing/redis-url.ts'
import { aTcpProxy } from '@finity/kit/testing/tcp-proxy.ts'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keysOf, passing, startLimits, untilShared } from './start-limits.ts'

const lines: { level: string; msg: string; reason?: string }[] = []
const logger = createLogger('auth', 'info', { write: (line) => lines.push(JSON.parse(line)) })

const proxy = await aTcpProxy(redisUrl(), 6379)
const limits = startLimits(proxy.url, logger)

beforeEach(() => untilShared(limits))
afterEach(proxy.restore)
afterAll(proxy.cut)

/** The milliseconds that each of so many attempts takes, one after the other. */
async function timesOf(attempts: number): Promise<number[]> {
  const times = []
  for (let attempt = 0; attempt < attempts; attempt++) {
    const start = performance.now()
    await limits.take('refresh-by-address', randomUUID())
    times.push(performance.now() - start)
  }
  return times
}

describe.each([
  ['is gone', proxy.cut],
  ['hangs', async () => proxy.stall()],
])('while Redis %s', (_, takeAway) => {
  test('no request waits for it: the first one hardly, the others not at all', async () => {
    await takeAway()

    const [first = 0, ...others] = await timesOf(20)

    expect(first).toBeLessThan(300)
    expect(Math.max(...others)).toBeLessThan(50)
  })

  test('a request that was under way is counted, and so are a hundred at once', async () => {
    const account = randomUUID()
    await takeAway()

    const passed = await passing(100, () => limits.take('sign-in-by-account', account))

    expect(passed).toBe(5)
    expect(await passing(10, () => limits.take('sign-in-by-account', account))).toBe(0)
  })

  test('attempts can be given back and cleared', async () => {
    const account = randomUUID()
    await takeAway()
    await passing(5, () => limits.take('sign-in-by-account', account))

    await limits.giveBack('sign-in-by-account', account)
    const after = await passing(5, () => limits.take('sign-in-by-account', account))
    await limits.clear('sign-in-by-account', account)

    expect(after).toBe(1)
    expect(await passing(10, () => limits.take('sign-in-by-account', account))).toBe(5)
  })

  test('an attempt that Redis counted and that is given back now opens nothing', async () => {
    const account = randomUUID()
    await limits.take('sign-in-by-account', account)
    await takeAway()

    await limits.giveBack('sign-in-by-account', account)

    expect(await passing(10, () => limits.take('sign-in-by-account', account))).toBe(5)
  })

  test('it is used again within two seconds of its return, and the log says both once', async () => {
    lines.length = 0
    await takeAway()
    await timesOf(20)
    await proxy.restore()

    const milliseconds = await untilShared(limits)

    expect(milliseconds).toBeLessThan(2_000)
    expect(lines.map(({ level, msg }) => `${level}: ${msg}`)).toEqual([
      'warn: Redis is away: this process counts rate limits by itself',
      'info: Redis is back: rate limits are shared again',
    ])
  })
})

test('a wrong password leaves the limits in memory, and stands in no log line', async () => {
  const url = new URL(redisUrl())
  Object.assign(url, { username: 'nobody', password: 'a-password-that-is-wrong' })
  lines.length = 0
  const refused = startLimits(url.href, logger)
  const account = randomUUID()

  const passed = await passing(100, () => refused.take('sign-in-by-account', account))
  await expect.poll(() => lines[0]?.reason).toContain('WRONGPASS')

  expect(passed).toBe(5)
  expect(await keysOf(account)).toEqual([])
  expect(JSON.stringify(lines)).not.toContain('a-password')
})

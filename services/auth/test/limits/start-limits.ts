import { randomUUID } from 'node:crypto'
import { AppError } from '@finity/kit/http/app-error.ts'
import { createLogger, type Logger } from '@finity/kit/process/create-logger.ts'
import { redisUrl } from '@finity/kit/testing/redis-url.ts'
import { Redis } from 'ioredis'
import { afterAll, vi } from 'vitest'
import { createLimits } from '../../src/limits/create-limits.ts'
import type { Limit, Limits } from '../../src/limits/limits.ts'

/** The keys of this test file. */
export const keyPrefix = `test:${randomUUID()}`

export const redis = new Redis(redisUrl())

const silent = createLogger('auth', 'silent')

/** Limits as a process of auth has them, closed after the file's last test. For the top of a file. */
export function startLimits(url: string | null, logger: Logger = silent, factor = 1): Limits {
  const limits = createLimits({ redisUrl: url, factor, logger, keyPrefix })
  afterAll(limits.close)
  return limits
}

afterAll(async () => {
  const keys = await keysOf(keyPrefix)
  if (keys.length > 0) await redis.del(keys)
  redis.disconnect()
})

export const keysOf = (text: string): Promise<string[]> => redis.keys(`*${text}*`)

/** Until its attempts are counted in Redis: how long it took in milliseconds. */
export async function untilShared(limits: Limits): Promise<number> {
  const start = performance.now()
  const isShared = async () => {
    const key = randomUUID()
    await limits.take('refresh-by-address', key)
    if ((await keysOf(key)).length === 0) throw new Error('counted in memory')
  }
  await vi.waitFor(isShared, { timeout: 5_000, interval: 10 })
  return performance.now() - start
}

/** How many of so many attempts at once pass. */
export async function passing(attempts: number, take: () => Promise<void>): Promise<number> {
  const answers = await Promise.allSettled(Array.from({ length: attempts }, take))
  return answers.filter(({ status }) => status === 'fulfilled').length
}

/** Takes one attempt: null when it passes, else the seconds after which the next one may. */
export async function retryAfter(limits: Limits, limit: Limit, key: string): Promise<number | null> {
  try {
    await limits.take(limit, key)
    return null
  } catch (refusal) {
    if (refusal instanceof AppError && refusal.status === 429) return Number(refusal.headers['Retry-After'])
    throw refusal
  }
}

import { TooManyRequests } from '@finity/kit/http/http-errors.ts'
import type { Logger } from '@finity/kit/process/create-logger.ts'
import type { Redis } from 'ioredis'
import {
  type IRateLimiterOptions,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible'
import { connectRedis } from './connect-redis.ts'
import type { Limit, Limits } from './limits.ts'

const minute = 60
const hour = 60 * minute

/** So many attempts in a window that begins with the first of them; no later attempt makes it longer. */
const windows: Record<Limit, { points: number; seconds: number }> = {
  'sign-in-by-address': { points: 30, seconds: 15 * minute },
  'sign-in-by-account': { points: 5, seconds: 15 * minute },
  'sign-in-by-device': { points: 10, seconds: 15 * minute },
  'register-by-address': { points: 20, seconds: hour },
  'mail-by-address': { points: 20, seconds: hour },
  'mail-by-account': { points: 3, seconds: hour },
  'link-by-address': { points: 30, seconds: 15 * minute },
  'refresh-by-address': { points: 600, seconds: 15 * minute },
  'password-by-account': { points: 5, seconds: 15 * minute },
}

type Settings = {
  /** Null: each process counts for itself. */
  redisUrl: string | null
  /** Multiplies the attempts of every limit. */
  factor: number
  logger: Logger
  keyPrefix?: string
}

/** Counts in Redis, which all processes share; in this process's memory while Redis does not answer. Never open. */
export function createLimits({ redisUrl, factor, logger, keyPrefix = 'auth:limit' }: Settings): Limits {
  const redis = redisUrl === null ? null : connectRedis(redisUrl, logger)
  const limiters = Object.fromEntries(
    Object.entries(windows).map(([limit, { points, seconds }]) => [
      limit,
      createLimiter(redis, {
        keyPrefix: `${keyPrefix}:${limit}`,
        points: points * factor,
        duration: seconds,
      }),
    ]),
  ) as Record<Limit, RateLimiterAbstract>
  return {
    take: (limit, key) => take(limiters[limit], key),
    giveBack: (limit, key) => giveBack(limiters[limit], key),
    clear: async (limit, key) => void (await limiters[limit].delete(key)),
    close: async () => redis?.disconnect(),
  }
}

function createLimiter(redis: Redis | null, options: IRateLimiterOptions): RateLimiterAbstract {
  const memory = new RateLimiterMemory(options)
  return redis ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: memory }) : memory
}

async function take(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    throw new TooManyRequests(Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)))
  }
}

/** The window may have ended since, or another store count now: an attempt that is not there is not given back. */
async function giveBack(limiter: RateLimiterAbstract, key: string): Promise<void> {
  const { consumedPoints } = await limiter.reward(key)
  if (consumedPoints < 0) await limiter.penalty(key)
}

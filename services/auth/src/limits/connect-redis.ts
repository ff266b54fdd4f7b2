import type { Logger } from '@finity/kit/process/create-logger.ts'
import { Redis } from 'ioredis'

/** A connection that fails at once while Redis is away and soon when it hangs, and that comes back by itself. */
export function connectRedis(url: string, logger: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    // Commands of one moment go out together.
    enableAutoPipelining: true,
    // A command fails with its connection; it does not wait for the next one.
    maxRetriesPerRequest: 0,
    connectTimeout: 500,
    // Cuts a connection that is silent, so that only the first commands wait for it.
    socketTimeout: 150,
    // Ends the wait for a Redis that answers, but late.
    commandTimeout: 200,
    retryStrategy: (attempts) => Math.min(attempts * 100, 1_000),
  })
  logLossAndReturn(redis, logger)
  return redis
}

/** One line each. Only the reason is logged: the error holds the command that failed, and so the password. */
function logLossAndReturn(redis: Redis, logger: Logger): void {
  let isLost = false
  const lose = (error?: NodeJS.ErrnoException) => {
    const reason = error?.code ?? error?.message
    if (!isLost) logger.warn({ reason }, 'Redis is away: this process counts rate limits by itself')
    isLost = true
  }
  redis.on('error', lose)
  redis.on('reconnecting', () => lose())
  redis.on('ready', () => {
    if (isLost) logger.info('Redis is back: rate limits are shared again')
    isLost = false
  })
}

import pg from 'pg'
import { ServiceUnavailable } from '../http/http-errors.ts'
import { type DatabaseUrl, poolSettings } from './connect-database.ts'

export type DatabaseWatch = {
  /** Resolves when the database answers. */
  ping: () => Promise<unknown>
  /** Settles as the work does, or rejects with 503 within a second when the database no longer answers meanwhile. */
  during: <T>(work: Promise<T>) => Promise<T>
  close: () => Promise<void>
}

/** Work that takes longer than this makes the watch ask. */
const patienceMs = 300
const answerWithinMs = 500

/**
 * Tells a database that is slow from one that is frozen: whoever waits long has it asked over a connection of its own.
 * A query's own time limit is much longer, since slow is no fault.
 */
export function watchDatabase(url: DatabaseUrl, applicationName: string): DatabaseWatch {
  const pool = new pg.Pool({
    ...poolSettings(url, applicationName),
    max: 1,
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
  })
  pool.on('error', () => {})
  let asking: Promise<unknown> | null = null

  /** One question at a time, whoever asks. */
  function ping(): Promise<unknown> {
    asking ??= pool.query('select 1').finally(() => {
      asking = null
    })
    return asking
  }

  async function during<T>(work: Promise<T>): Promise<T> {
    const { promise: away, reject } = Promise.withResolvers<never>()
    let isOver = false
    let timer: NodeJS.Timeout | undefined
    const askLater = () => {
      if (isOver) return
      timer = setTimeout(() => ping().then(askLater, giveUp), patienceMs)
    }
    const giveUp = (error: unknown) => reject(new ServiceUnavailable('DATABASE_UNAVAILABLE', 2, error))
    askLater()
    try {
      return await Promise.race([work, away])
    } finally {
      isOver = true
      clearTimeout(timer)
    }
  }

  return { ping, during, close: () => pool.end() }
}

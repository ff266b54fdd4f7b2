import pg from 'pg'
import { ServiceUnavailable } from '../http/http-errors.ts'
import { type DatabaseAccess, poolSettings } from './connect-database.ts'

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
/** How much later a timer goes off only where the process itself had no processor. */
const lateMs = 100

/**
 * Tells a database that is slow from one that is frozen: whoever waits long has it asked over a connection of its own.
 * A query's own time limit is much longer, since slow is no fault. An answer to anyone else on `work` in the meantime
 * is a sign of life too: on a busy host the question itself may come late. When this process was late itself, it asks again.
 */
export function watchDatabase(access: DatabaseAccess, applicationName: string, work: pg.Pool): DatabaseWatch {
  let lastAnswerAt = Number.NEGATIVE_INFINITY
  work.on('release', (error: Error | undefined) => {
    if (!error) lastAnswerAt = performance.now()
  })
  const pool = new pg.Pool({
    ...poolSettings(access, applicationName),
    max: 1,
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
  })
  pool.on('error', () => {})
  let asking: Promise<unknown> | null = null
  let askedAt = 0

  /** One question at a time, whoever asks. */
  function ping(): Promise<unknown> {
    if (asking) return asking
    askedAt = performance.now()
    asking = pool.query('select 1').finally(() => {
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
    const giveUp = (error: unknown) => {
      const now = performance.now()
      const wasLate = now - askedAt > answerWithinMs + lateMs
      if (wasLate || now - lastAnswerAt < answerWithinMs) askLater()
      else reject(new ServiceUnavailable('DATABASE_UNAVAILABLE', 2, error))
    }
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

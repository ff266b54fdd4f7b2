import type { Socket } from 'node:net'
import type pg from 'pg'

/** What pg has and its types leave out. */
type Connected = { connection: { stream: Socket }; readyForQuery: boolean }

/**
 * Ends connections on which a statement waits and nothing has moved for so long: the server, or the way to it, is gone
 * without a word. pg's own `query_timeout` makes a timer for each statement, which keeps the garbage of requests alive
 * until a full collection (docs/decisions/0024).
 */
export function endSilentConnections(pool: pg.Pool, silentMs: number): void {
  pool.on('connect', (client) => {
    const connected = client as unknown as Connected
    const { stream } = connected.connection
    stream.setTimeout(silentMs, () => {
      if (connected.readyForQuery) return
      stream.destroy(new Error(`Connection terminated: the database has been silent for ${silentMs} ms`))
    })
  })
}

import { setTimeout as pass } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { watchDatabase } from '../src/database/watch-database.ts'
import { aTcpProxy } from '../testing/tcp-proxy.ts'
import { aDatabase } from '../testing/test-database.ts'

const database = await aDatabase()
const way = await aTcpProxy(database.url, 5432)
const pool = new pg.Pool({ connectionString: way.url })
const watch = watchDatabase({ connectionString: way.url }, 'test', pool)
afterAll(async () => {
  await watch.close()
  await pool.end()
  await way.cut()
  await database.drop()
})

/** Each turn of the event loop takes longer than an answer of the database may. */
function starve(): NodeJS.Timeout {
  return setInterval(() => {
    for (const startedAt = performance.now(); performance.now() - startedAt < 700; );
  }, 1)
}

test('long work is left alone where the process had no processor and the database answers', async () => {
  await watch.ping()

  const starved = starve()
  const done = watch.during(pass(3_000, 'done')).finally(() => clearInterval(starved))

  await expect(done).resolves.toBe('done')
})

test('long work is given up where the database no longer answers', async () => {
  // What was asked while the process had no processor may still fail.
  await vi.waitFor(() => watch.ping(), 5_000)

  way.stall()
  const given = watch.during(pass(3_000, 'done'))

  await expect(given).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
})

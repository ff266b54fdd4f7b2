import { setTimeout as pass } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { endSilentConnections } from '../src/database/end-silent-connections.ts'
import { isDatabaseUnavailable } from '../src/database/is-database-unavailable.ts'
import { aTcpProxy } from '../testing/tcp-proxy.ts'
import { aDatabase } from '../testing/test-database.ts'

const silentMs = 300

const database = await aDatabase()
const way = await aTcpProxy(database.url, 5432)
const pool = new pg.Pool({ connectionString: way.url, max: 1 })
pool.on('error', () => {})
endSilentConnections(pool, silentMs)
afterAll(async () => {
  await pool.end()
  await way.cut()
  await database.drop()
})

const ask = async () => (await pool.query('select pg_backend_pid() as pid')).rows[0].pid as number

test('a statement to a database that fell silent fails as unavailable, and its connection makes room for a new one', async () => {
  const before = await ask()

  way.stall()
  const refusal = await ask().catch((error: unknown) => error)
  await way.restore()

  expect(isDatabaseUnavailable(refusal)).toBe(true)
  expect(await ask()).not.toBe(before)
})

test('a transaction on it fails in the same way', async () => {
  const client = await pool.connect()
  const noted: Error[] = []
  client.on('error', (error) => noted.push(error))
  await client.query('begin')

  way.stall()
  const refusal = await client.query('select 1').catch((error: unknown) => error)
  await way.restore()

  client.release(true)
  expect(isDatabaseUnavailable(refusal)).toBe(true)
  expect(noted).toHaveLength(1)
})

test('a connection that nobody waits on is kept', async () => {
  const before = await ask()

  await pass(3 * silentMs)

  expect(await ask()).toBe(before)
})

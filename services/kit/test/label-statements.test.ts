import { afterAll, expect, test } from 'vitest'
import { connectDatabase } from '../src/database/connect-database.ts'
import { inRequest } from '../src/http/current-request.ts'
import { createLogger } from '../src/process/create-logger.ts'
import { aDatabase } from '../testing/test-database.ts'

const database = await aDatabase()
const logger = createLogger('test', 'silent')
const { pool, adapter } = connectDatabase({ connectionString: database.url }, 'test', logger)
afterAll(async () => {
  await pool.end()
  await database.drop()
})

/** Portals are what PostgreSQL calls cursors here: a statement sees its own. */
const ask = { name: 'ask', text: 'select name from pg_cursors where $1', values: [true] }
const labelOf = async (query: (statement: typeof ask) => Promise<{ rows: { name: string }[] }>) =>
  (await query(ask)).rows.map(({ name }) => name)

test('each statement carries the id of the request that asks it, however many wait for a connection', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => `request-${index}`)

  const labels = await Promise.all(ids.map((id) => inRequest(id, () => labelOf((each) => pool.query(each)))))

  expect(labels.map(([label]) => label?.split('.')[1])).toEqual(ids)
})

test('statements of a transaction have a label each, and leave none behind', async () => {
  const client = await pool.connect()

  const [first, second] = await inRequest('a-request', async () => {
    await client.query({ name: 'begin', text: 'begin', values: [] } as const)
    const labels = [await labelOf((each) => client.query(each)), await labelOf((each) => client.query(each))]
    await client.query({ name: 'commit', text: 'commit', values: [] } as const)
    return labels
  })
  const left = await labelOf((each) => client.query(each))

  client.release()
  expect(first).toHaveLength(2)
  expect(new Set(second).size).toBe(3)
  expect(left).toEqual([''])
})

test("Prisma's statements carry it too", async () => {
  const connection = await adapter.connect()

  const answer = await inRequest('a-request', () =>
    connection.queryRaw({ sql: 'select name::text from pg_cursors', args: [], argTypes: [] }),
  )

  expect(answer.rows).toEqual([[expect.stringMatching(/^\w+\.a-request$/)]])
})

test('the server plans a statement once, whichever requests ask it', async () => {
  const client = await pool.connect()
  for (const id of ['request-1', 'request-2', 'request-3']) await inRequest(id, () => client.query(ask))

  const { rows } = await client.query(
    `select count(*)::int as statements, sum(generic_plans + custom_plans)::int as runs
     from pg_prepared_statements where statement = $1`,
    [ask.text],
  )

  client.release()
  expect(rows[0].statements).toBe(1)
  expect(rows[0].runs).toBeGreaterThanOrEqual(3)
})

test('work outside of a request has no label', async () => {
  expect(await labelOf((each) => pool.query(each))).toEqual([''])
})

import { startProcess } from '@finity/kit/testing/start-process.ts'
import { aDatabase } from '@finity/kit/testing/test-database.ts'
import pg from 'pg'
import { afterAll, expect, inject, test } from 'vitest'

const migrate = new URL('../src/migrate.ts', import.meta.url).pathname
const database = await aDatabase()
afterAll(database.drop)

test('migrates once when two jobs start at the same time', async () => {
  const jobs = [1, 2].map(() => startProcess(migrate, { DATABASE_URL: database.url }))

  const codes = await Promise.all(jobs.map(({ exitCode }) => exitCode))

  expect(codes).toEqual([0, 0])
  const output = jobs.map((job) => job.output()).join('')
  expect(output.match(/"msg":"Applied \d/g)).toHaveLength(1)
  expect(output.match(/"msg":"The database is up to date/g)).toHaveLength(1)
})

test('makes no account', async () => {
  const fresh = await aDatabase(inject('templateDatabase'))
  const client = new pg.Client({ connectionString: fresh.url })
  await client.connect()

  const { rows } = await client.query('select email from "user"')

  await client.end()
  await fresh.drop()
  expect(rows).toEqual([])
})

test('fails with a sentence when the database is not there', async () => {
  const job = startProcess(migrate, { DATABASE_URL: 'postgresql://app@127.0.0.1:1/x' })

  expect(await job.exitCode).toBe(1)
  expect(job.output()).toContain('ECONNREFUSED')
})

import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createContext } from '../../src/context.ts'
import { doJobs, statesOf } from '../support/jobs.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const role = `finity_test_${randomUUID().replaceAll('-', '')}`
const url = new URL(api.database.url)
url.username = role
url.password = 'only for tests'

// What the migration and docker/postgres/roles.sql give the service's own role.
await api.query(`create role ${role} login password '${decodeURIComponent(url.password)}'`)
await api.query(`grant usage on schema pgboss to ${role}`)
await api.query(`grant select, insert, update, delete on all tables in schema pgboss to ${role}`)

const { config, secrets } = readConfig({ DATABASE_URL: url.href, JWKS_URL: api.issuer.jwksUrl })
const context = createContext({ config, secrets, logger: api.context.logger })
afterAll(async () => {
  await context.close()
  await api.query(`drop owned by ${role}`)
  await api.query(`drop role ${role}`)
})

test('works with the rights of a role that may change rows and nothing else', async () => {
  const supervised = () => api.query('select 1 from pgboss.queue where monitor_claim_on is null')
  doJobs({ ...api, context }, { 'sweep-media': () => Promise.reject(new Error('not now')) })
  await context.jobs.sendJob('make-variants', { mediaId: randomUUID() })
  await context.jobs.sendJob('sweep-media', {}, { startAfter: new Date(Date.now() + 60_000) })
  await api.query(`update pgboss.job set retry_limit = 0, start_after = now() where name = 'sweep-media'`)

  await expect.poll(() => context.jobRecords.countDeadLetters(), { timeout: 15_000 }).toBe(1)
  await expect.poll(() => statesOf(api, 'make-variants'), { timeout: 15_000 }).toEqual(['completed'])
  await expect.poll(supervised, { timeout: 15_000 }).toEqual([])
  const [letter] = await context.jobRecords.listDeadLetters(1)
  expect(await context.jobQueue.retryDeadLetter(letter?.id ?? '')).toBe(true)
  expect(api.log()).not.toContain('permission denied')
}, 60_000)

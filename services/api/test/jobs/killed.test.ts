import { tmpdir } from 'node:os'
import { startProcess } from '@finity/kit/testing/start-process.ts'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { anAccountWithThings, tablesWith } from '../support/accounts.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const other = new pg.Client(api.database.url)
await other.connect()
afterAll(() => other.end())

const environment = {
  DATABASE_URL: api.database.url,
  JWKS_URL: api.issuer.jwksUrl,
  DELETED_ACCOUNTS_URL: api.issuer.deletedAccountsUrl,
  MEDIA_DIR: tmpdir(),
  HOST: '127.0.0.1',
  PORT: '0',
  METRICS_PORT: '0',
}

function aService() {
  return startProcess(new URL('../../src/main.ts', import.meta.url).pathname, environment)
}

test('goes on after a crash in the middle of a job', { timeout: 120_000 }, async () => {
  const accountId = await anAccountWithThings(api)
  await other.query('begin')
  await other.query('select from usage where account_id = $1 for update', [accountId])
  api.issuer.deleteAccount(accountId)

  const killed = aService()
  await expect.poll(() => tablesWith(api, accountId), { timeout: 30_000 }).toEqual(['subscription', 'usage'])
  killed.signal('SIGKILL')
  await killed.exitCode
  await other.query('rollback')
  const next = aService()

  const attempts = () =>
    api.query("select retry_count from pgboss.job where state = 'completed' and name = 'erase-account'")
  await expect.poll(attempts, { timeout: 80_000 }).toEqual([{ retry_count: 1 }])
  expect(await tablesWith(api, accountId)).toEqual([])
  next.signal('SIGTERM')
  expect(await next.exitCode).toBe(0)
})

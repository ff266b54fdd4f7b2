import { PgBoss } from 'pg-boss'
import { afterAll, expect, test } from 'vitest'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const boss = new PgBoss({
  connectionString: api.database.url,
  migrate: false,
  supervise: false,
  schedule: false,
})
await boss.start()
afterAll(() => boss.stop({ graceful: false }))

test('has the tables that the installed queue wants, made by the migrations', async () => {
  const drift = await boss.detectSchemaDrift()

  expect(drift).toMatchObject({ ok: true })
})

import { createLogger } from '@finity/kit/process/create-logger.ts'
import { aCheckedSend } from '@finity/kit/testing/check-documented.ts'
import type { Answer, RequestParts } from '@finity/kit/testing/send-request.ts'
import { serveApp } from '@finity/kit/testing/serve-app.ts'
import { aDatabase, type TestDatabase } from '@finity/kit/testing/test-database.ts'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { type Context, createContext } from '../../src/context.ts'

/** The least that the service starts with, without a database. */
export const testSecrets = {
  SECRET: 'a secret that only the tests know',
  USERS_VERIFICATION_TOKEN_SECRET: 'another secret that only the tests know',
  USERS_RESET_PASSWORD_TOKEN_SECRET: 'a third secret that only the tests know',
}

export type Auth = {
  url: string
  context: Context
  database: TestDatabase
  send: (path: string, parts?: RequestParts) => Promise<Answer>
  /** Rows, straight from the database. */
  query: <Row>(sql: string, ...values: unknown[]) => Promise<Row[]>
  /** Another process on the same database and clock, as far as it needs no HTTP. */
  replica: (environment?: Record<string, string>) => Context
  /** Stops the service's clock at a moment; null lets it run again. */
  setClock: (now: Date | null) => void
}

/** The whole service in this process, on its own database, gone after the file's last test. For the top of a file, not for inside a test. */
export async function startAuth(environment: Record<string, string> = {}): Promise<Auth> {
  const database = await aDatabase(inject('templateDatabase'))
  let stoppedAt: Date | null = null
  const contexts: Context[] = []
  const replica = (changes: Record<string, string> = {}) => {
    const parts = readConfig({
      ...testSecrets,
      DATABASE_URL: database.url,
      // One address makes all requests here; limits have tests of their own.
      RATE_LIMIT_FACTOR: '100000',
      ...environment,
      ...changes,
    })
    const clock = () => stoppedAt ?? new Date()
    const context = createContext({ ...parts, logger: createLogger('auth', 'silent'), clock })
    contexts.push(context)
    return context
  }
  const context = replica()
  const served = await serveApp(createApp(context))
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => {})
  afterAll(async () => {
    await served.close()
    await Promise.all(contexts.map((each) => each.close()))
    await pool.end()
    await database.drop()
  })
  return {
    url: served.url,
    context,
    database,
    send: await aCheckedSend(served.url, '/openapi.json'),
    query: async (sql, ...values) => (await pool.query(sql, values)).rows,
    replica,
    setClock: (now) => {
      stoppedAt = now
    },
  }
}

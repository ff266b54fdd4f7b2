import { createLogger } from '@finity/kit/process/create-logger.ts'
import { type Answer, type RequestParts, sendRequest } from '@finity/kit/testing/send-request.ts'
import { serveApp } from '@finity/kit/testing/serve-app.ts'
import { aDatabase, type TestDatabase } from '@finity/kit/testing/test-database.ts'
import { afterAll, inject } from 'vitest'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { type Context, createContext } from '../../src/context.ts'

export const testSecret = 'a secret that only the tests know'

export type Auth = {
  url: string
  context: Context
  database: TestDatabase
  send: (path: string, parts?: RequestParts) => Promise<Answer>
  /** Stops the service's clock at a moment; null lets it run again. */
  setClock: (now: Date | null) => void
}

/** The whole service in this process, on its own database, gone after the file's last test. For the top of a file, not for inside a test. */
export async function startAuth(environment: Record<string, string> = {}): Promise<Auth> {
  const database = await aDatabase(inject('templateDatabase'))
  const { config, secrets } = readConfig({ SECRET: testSecret, DATABASE_URL: database.url, ...environment })
  let stoppedAt: Date | null = null
  const clock = () => stoppedAt ?? new Date()
  const context = await createContext({ config, secrets, logger: createLogger('auth', 'silent'), clock })
  const served = await serveApp(createApp(context))
  afterAll(async () => {
    await served.close()
    await context.close()
    await database.drop()
  })
  return {
    url: served.url,
    context,
    database,
    send: (path, parts) => sendRequest(served.url + path, parts),
    setClock: (now) => {
      stoppedAt = now
    },
  }
}

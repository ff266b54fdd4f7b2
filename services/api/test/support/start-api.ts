import { createLogger } from '@finity/kit/process/create-logger.ts'
import { aCheckedSend } from '@finity/kit/testing/check-documented.ts'
import type { Answer, RequestParts } from '@finity/kit/testing/send-request.ts'
import { serveApp } from '@finity/kit/testing/serve-app.ts'
import { aDatabase, type TestDatabase } from '@finity/kit/testing/test-database.ts'
import { afterAll, inject } from 'vitest'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createContext } from '../../src/context.ts'
import { anIssuer, type Issuer } from './issuer.ts'

export type Api = {
  url: string
  issuer: Issuer
  database: TestDatabase
  /** Throws when the answer is not as the OpenAPI document says. */
  send: (path: string, parts?: RequestParts) => Promise<Answer>
  /** Stops the service's clock at a moment; null lets it run again. */
  setClock: (now: Date | null) => void
}

/** The whole service in this process, on its own database, with its own issuer, gone after the file's last test. For the top of a file, not for inside a test. */
export async function startApi(): Promise<Api> {
  const database = await aDatabase(inject('templateDatabase'))
  const issuer = await anIssuer()
  const { config, secrets } = readConfig({
    DATABASE_URL: database.url,
    JWKS_URL: issuer.jwksUrl,
    ENDED_SESSIONS_URL: issuer.endedSessionsUrl,
  })
  let stoppedAt: Date | null = null
  const clock = () => stoppedAt ?? new Date()
  const context = createContext({ config, secrets, logger: createLogger('api', 'silent'), clock })
  const served = await serveApp(createApp(context))
  afterAll(async () => {
    await served.close()
    await context.close()
    await issuer.close().catch(() => {})
    await database.drop()
  })
  return {
    url: served.url,
    issuer,
    database,
    send: await aCheckedSend(served.url, '/api/openapi.json'),
    setClock: (now) => {
      stoppedAt = now
    },
  }
}

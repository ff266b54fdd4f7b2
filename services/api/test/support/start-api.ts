import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
import type { JobSender } from '../../src/jobs/job-queue-store.ts'
import type { JobRunner } from '../../src/jobs/run-jobs.ts'
import { startWork } from '../../src/work.ts'
import { anIssuer, type Issuer } from './issuer.ts'

export type Api = {
  url: string
  issuer: Issuer
  context: Context
  database: TestDatabase
  /** Throws when the answer is not as the OpenAPI document says. */
  send: (path: string, parts?: RequestParts) => Promise<Answer>
  /** Rows, straight from the database. */
  query: <Row>(sql: string, ...values: unknown[]) => Promise<Row[]>
  /** Stops the service's clock at a moment; null lets it run again. */
  setClock: (now: Date | null) => void
  /** Begins the background work; until then jobs only wait. Stopped by itself after the file's last test. */
  startWork: () => JobRunner
  /** Stops other background work after the file's last test. */
  stopAtEnd: (runner: JobRunner) => void
  /** Puts a job into the queue, as time or another part of the service would. */
  sendJob: JobSender['sendJob']
  /** All that the service logged. */
  log: () => string
  /** All metrics, as Prometheus reads them. */
  metrics: () => Promise<string>
}

export type ApiParts = { environment?: Record<string, string> }

/** The whole service in this process, on its own database, with its own issuer, gone after the file's last test. For the top of a file, not for inside a test. */
export async function startApi({ environment = {} }: ApiParts = {}): Promise<Api> {
  const database = await aDatabase(inject('templateDatabase'))
  const issuer = await anIssuer()
  const mediaDir = await mkdtemp(join(tmpdir(), 'finity-media-'))
  const { config, secrets } = readConfig({
    DATABASE_URL: database.url,
    JWKS_URL: issuer.jwksUrl,
    ENDED_SESSIONS_URL: issuer.endedSessionsUrl,
    DELETED_ACCOUNTS_URL: issuer.deletedAccountsUrl,
    MEDIA_DIR: mediaDir,
    ...environment,
  })
  let stoppedAt: Date | null = null
  const clock = () => stoppedAt ?? new Date()
  const lines: string[] = []
  const logger = createLogger('api', 'debug', { write: (line) => void lines.push(line) })
  const context = createContext({ config, secrets, logger, clock })
  const runners: JobRunner[] = []
  // Prisma compiles its engine at first use, which on a busy machine takes longer than a connection may.
  await context.usage.readUsage(randomUUID()).catch(() => {})
  const served = await serveApp(createApp(context))
  const pool = new pg.Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => {})
  afterAll(async () => {
    await served.close()
    for (const runner of runners) await runner.stop()
    await context.close()
    await issuer.close().catch(() => {})
    await pool.end()
    await database.drop()
    await rm(mediaDir, { recursive: true })
  })
  return {
    url: served.url,
    issuer,
    context,
    database,
    send: await aCheckedSend(served.url, '/api/openapi.json'),
    query: async (sql, ...values) => (await pool.query(sql, values)).rows,
    setClock: (now) => {
      stoppedAt = now
    },
    stopAtEnd: (runner) => void runners.push(runner),
    startWork: () => {
      const runner = startWork(context)
      runners.push(runner)
      return runner
    },
    sendJob: context.jobs.sendJob,
    log: () => lines.join(''),
    metrics: () => context.metrics.print(),
  }
}

import { databaseAdapter } from '@finity/kit/database/connect-database.ts'
import { type DatabaseWatch, watchDatabase } from '@finity/kit/database/watch-database.ts'
import { createMetrics, type Metrics } from '@finity/kit/metrics/create-metrics.ts'
import { type Clock, systemClock } from '@finity/kit/process/clock.ts'
import type { Logger } from '@finity/kit/process/create-logger.ts'
import { type Lifecycle, newLifecycle } from '@finity/kit/process/lifecycle.ts'
import { PrismaClient } from '../generated/prisma/client.ts'
import { type EndedSessions, followEndedSessions } from './access/ended-sessions.ts'
import { createKeySource, type KeySource } from './access/key-source.ts'
import type { Config, Secrets } from './config.ts'
import { createDocumentStore, type DocumentStore } from './documents/document-store.ts'

/** What handlers are given. */
export type Context = {
  config: Config
  logger: Logger
  metrics: Metrics
  clock: Clock
  lifecycle: Lifecycle
  keys: KeySource
  endedSessions: EndedSessions
  documents: DocumentStore
  database: DatabaseWatch
  close: () => Promise<void>
}

export type ContextParts = { config: Config; secrets: Secrets; logger: Logger; clock?: Clock }

export function createContext({ config, secrets, logger, clock = systemClock }: ContextParts): Context {
  const prisma = new PrismaClient({ adapter: databaseAdapter(secrets.databaseUrl, 'finity-api', logger) })
  const watch = watchDatabase(secrets.databaseUrl, 'finity-api')
  const endedSessions = followEndedSessions(config.endedSessionsUrl, logger)
  return {
    config,
    logger,
    metrics: createMetrics('api'),
    clock,
    lifecycle: newLifecycle(),
    keys: createKeySource(config.jwksUrl),
    endedSessions,
    documents: createDocumentStore(prisma),
    database: watch,
    close: async () => {
      await endedSessions.stop()
      await Promise.all([prisma.$disconnect(), watch.close()])
    },
  }
}

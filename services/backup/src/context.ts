import { join } from 'node:path'
import { type Clock, systemClock } from '@finity/kit/process/clock.ts'
import type { Logger } from '@finity/kit/process/create-logger.ts'
import { type Lifecycle, newLifecycle } from '@finity/kit/process/lifecycle.ts'
import type { Config, Secrets } from './config.ts'
import { createPgBackRest, type PgBackRest } from './database/pgbackrest.ts'
import { createMediaRepository, type MediaRepository } from './media/restic.ts'
import { placeInFolder } from './media/restic-place.ts'
import { type BackupMetrics, createBackupMetrics } from './metrics.ts'
import { createOffsiteRepositories, type OffsiteRepositories } from './offsite/offsite-repositories.ts'
import { watchClock } from './schedule/watch-clock.ts'
import { createLiveServer, type LiveServer } from './server/live-server.ts'
import { createStatusStore, type StatusStore } from './status/status-store.ts'

export type Context = {
  config: Config
  secrets: Secrets
  logger: Logger
  clock: Clock
  /** Seconds by which it was set while this process runs. */
  clockJump: () => number
  lifecycle: Lifecycle
  live: LiveServer
  pgBackRest: PgBackRest
  mediaRepository: MediaRepository
  /** Null where no second place is set. */
  offsite: OffsiteRepositories | null
  status: StatusStore
  metrics: BackupMetrics
}

export type ContextParts = { config: Config; secrets: Secrets; logger: Logger; clock?: Clock }

export function createContext({ config, secrets, logger, clock = systemClock }: ContextParts): Context {
  const status = createStatusStore(config.folders.repository)
  const live = createLiveServer(config, secrets)
  return {
    config,
    secrets,
    logger,
    clock,
    clockJump: watchClock(clock),
    lifecycle: newLifecycle(),
    live,
    pgBackRest: createPgBackRest(config, secrets, live),
    mediaRepository: createMediaRepository(
      config,
      placeInFolder(join(config.folders.repository, 'media'), secrets.key),
    ),
    offsite: config.offsite && createOffsiteRepositories(config, config.offsite, secrets),
    status,
    metrics: createBackupMetrics(status, clock),
  }
}

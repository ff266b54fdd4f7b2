import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { type Backup, readRepository } from '../database/list-backups.ts'
import { endsBefore, readTimelines } from '../database/timelines.ts'
import { chooseCopies } from '../media/choose-copies.ts'
import { mediaWork } from '../media/copy-media.ts'
import { offsiteWork } from '../offsite/work-offsite.ts'
import { lockLimitSeconds, workAlone } from '../programs/work-alone.ts'
import type { Ask } from '../server/ask-server.ts'
import type { RecoveryTarget } from './recovery-target.ts'
import { refuseOtherSchema } from './refuse-other-schema.ts'
import { replay, restoreDatabase } from './restore-database.ts'

export type Staged = { seconds: number; lastCommit: string | null }

type Step = (name: string) => void

/**
 * Makes a complete, proven database beside the live one, which notices nothing: what is in the folder `data` with the file `ready`
 * beside it is taken over by the database at its next start. Throws before `ready` is there when anything goes wrong.
 */
export async function stageRestore(
  context: Context,
  target: RecoveryTarget,
  {
    from,
    anySchema,
    despiteGap,
    step,
    onLine,
  }: {
    from: Backup
    anySchema: boolean
    despiteGap: boolean
    step: Step
    onLine?: ((line: string) => void) | undefined
  },
): Promise<Staged> {
  const startedAt = performance.now()
  const { restore } = context.config.folders
  const data = join(restore, 'data')
  const { newestSegment } = await readRepository(context.pgBackRest)
  const moment = momentOf(target, context)
  step('Database, and media that are missing')
  await bothOf(restoreDatabase(context, data, target, onLine), moment && restoreMedia(context, moment))
  step('Log')
  const look = async (ask: Ask) => {
    if (!anySchema) await refuseOtherSchema(context, ask)
  }
  const lastCommit = await prove(context, data, { look, despiteGap })
  if (target.kind === 'latest' && !despiteGap) refuseGap(newestSegment, data, lastCommit)
  const end = moment ?? new Date(lastCommit ?? from.endedAt)
  if (!moment) {
    step('Media')
    await restoreMedia(context, end)
  }
  writeFileSync(join(restore, 'ready'), `${new Date().toISOString()}\n`, { flush: true })
  return { seconds: (performance.now() - startedAt) / 1_000, lastCommit }
}

/**
 * Makes the data of before a restore, which stands in `returning`, ready to be taken over as it is. Until then no restore that comes
 * between deletes it. On a timeline of its own, since the one that it
 * was on is no longer the newest in the archive, and what is written to it would be passed over by the next restore.
 */
export async function stageReturn(context: Context): Promise<void> {
  const { restore } = context.config.folders
  const [returning, data] = [join(restore, 'returning'), join(restore, 'data')]
  appendFileSync(
    join(returning, 'postgresql.auto.conf'),
    "\nrestore_command = 'restore-wal %f %p'\nrecovery_target_timeline = 'current'\n",
  )
  writeFileSync(join(returning, 'recovery.signal'), '')
  // Of a server that stopped in order, nothing is replayed.
  const stoppedAt = statSync(join(returning, 'global', 'pg_control')).mtime
  // It has all of its own log, and comes back also where the repository is lost.
  const end = new Date((await prove(context, returning, { despiteGap: true })) ?? stoppedAt)
  // The api may have removed those that no row of the data restored to knew.
  await restoreMedia(context, end).catch((error) => context.logger.error(error, 'media did not come back'))
  rmSync(join(restore, 'ready'), { force: true })
  rmSync(data, { recursive: true, force: true })
  renameSync(returning, data)
  writeFileSync(join(restore, 'ready'), `${new Date().toISOString()}\n`, { flush: true })
}

/** Into a folder of its own, for looking at: nothing takes it over. */
export async function restoreAside(
  context: Context,
  name: string,
  target: RecoveryTarget,
  step: Step,
): Promise<{ folder: string; lastCommit: string | null }> {
  const folder = join(context.config.folders.restore, name)
  if (existsSync(folder)) throw new Error(`There is something at ${folder} already: name another folder.`)
  step('Database')
  const staging = `${folder}.unfinished`
  mkdirSync(staging, { recursive: true })
  await restoreDatabase(context, staging, target)
  step('Log')
  const lastCommit = await prove(context, staging)
  renameSync(staging, folder)
  return { folder, lastCommit }
}

/** Where it is known before the log is replayed. */
function momentOf(target: RecoveryTarget, { clock }: Pick<Context, 'clock'>): Date | null {
  if (target.kind === 'time') return target.at
  return target.kind === 'latest' ? clock() : null
}

/** PostgreSQL takes a segment that is missing for the end of the log. */
function refuseGap(newestSegment: string | null, data: string, lastCommit: string | null): void {
  if (newestSegment && endsBefore(newestSegment, readTimelines(data) ?? []))
    throw new Error(
      `The log ends early, after the change of ${lastCommit ?? 'the backup'}: the repository has it up to ${newestSegment}, and something in between is missing or damaged. Nothing is changed. "backup verify" names what it is; to restore what is before it: --despite-gap.`,
    )
}

/** When one of them fails, the other is not left at work on its own. */
async function bothOf(...works: (Promise<void> | null)[]): Promise<void> {
  const ended = await Promise.allSettled(works)
  for (const end of ended) if (end.status === 'rejected') throw end.reason
}

/** The files that rows of that moment name. From S3 where the copies here are still to be made anew. */
async function restoreMedia({ config, mediaRepository, offsite }: Context, moment: Date): Promise<void> {
  const isHere = (await mediaRepository.list()).length > 0
  const repository = isHere ? mediaRepository : offsite?.media
  await workAlone(
    config.folders.repository,
    isHere ? mediaWork : offsiteWork,
    async () => {
      for (const { id } of chooseCopies(moment, (await repository?.list()) ?? []))
        await repository?.restore(id)
    },
    lockLimitSeconds,
  )
}

/** Of no use to the server that takes the data over, or in its way. */
const recoverySettings = [
  'synchronous_standby_names',
  'restore_command',
  'recovery_target_timeline',
  'recovery_target_time',
  'recovery_target_xid',
  'recovery_target_name',
  'recovery_target',
  'recovery_target_inclusive',
  'recovery_target_action',
]

/** It comes up, has replayed what was asked for, and stops in order. Commits wait for nobody in it until the sidecar has caught up. */
async function prove(
  context: Context,
  data: string,
  { look, despiteGap = false }: { look?: (ask: Ask) => Promise<void>; despiteGap?: boolean } = {},
): Promise<string | null> {
  const server = await replay(context, data, { despiteGap })
  try {
    await look?.(server.ask)
    const [row] = await server.ask<{ at: string | null }>(
      'postgres',
      'select pg_last_xact_replay_timestamp() as at',
    )
    await server.command('postgres', ...recoverySettings.map((name) => `alter system reset ${name}`))
    return row?.at ?? null
  } finally {
    await server.stop()
  }
}

/** What restores have left that were killed, failed, or taken over by nobody. What stands in `returning` is no leftover. */
export function removeLeftovers(
  { config }: Pick<Context, 'config'>,
  { isReplaced }: { isReplaced: boolean },
): void {
  const { restore } = config.folders
  if (isReplaced) rmSync(join(restore, 'ready'), { force: true })
  const isKept = existsSync(join(restore, 'ready'))
  for (const name of existsSync(restore) ? readdirSync(restore) : [])
    if ((name === 'data' && !isKept) || name.endsWith('.unfinished'))
      rmSync(join(restore, name), { recursive: true, force: true })
}

/** The restored data stands beside the live data for a while. */
export function missingRoom({ config }: Pick<Context, 'config'>, backup: Backup): string | null {
  const { bavail, bsize } = statfsSync(config.folders.restore)
  const [free, wanted] = [bavail * bsize, backup.databaseBytes * 1.1 + 64 * 1024 * 1024]
  return free < wanted
    ? `The disk has ${Math.round(free / 1e6)} MB free, and ${Math.round(wanted / 1e6)} MB are wanted.`
    : null
}

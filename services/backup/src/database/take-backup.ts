import type { Context } from '../context.ts'
import { ProgramFailed } from '../programs/run-program.ts'
import { hasJumped } from '../schedule/watch-clock.ts'
import { type Backup, readRepository } from './list-backups.ts'
import { readMajor } from './read-major.ts'

/**
 * Makes a backup and removes what is too old for the retention, never before the new one is complete. Another one that runs is not
 * waited for: pgBackRest's own lock refuses the second.
 */
export async function takeBackup(
  parts: Pick<Context, 'pgBackRest' | 'config' | 'live' | 'clock' | 'clockJump' | 'logger'>,
  kind: 'full' | 'diff',
  onLine?: (line: string) => void,
): Promise<Backup> {
  const { pgBackRest, config, clock, clockJump, logger } = parts
  await prepareStanza({ pgBackRest, config })
  const options = [
    `--type=${kind}`,
    `--repo1-retention-full-type=${config.retentionSets ? 'count' : 'time'}`,
    `--repo1-retention-full=${config.retentionSets ?? config.retentionDays}`,
    '--log-level-console=info',
    ...(hasJumped(clockJump()) ? ['--no-expire-auto'] : []),
  ]
  await pgBackRest.run('backup', options, { onLine }).catch(async (error: Error) => {
    if (!isOfEarlierTime(error)) throw error
    // Which of the two clocks was wrong, nothing here can know.
    const { backups } = await readRepository(pgBackRest)
    const ahead = backups.findLast(({ startedAt }) => startedAt > clock())?.label
    if (!ahead) throw error
    throw new Error(
      `The backup ${ahead} is of a time that has not come, and none can be made after it. Is the server's clock right? If it is: npm run backup -- remove ${ahead}`,
    )
  })
  const { backups } = await readRepository(pgBackRest)
  const made = backups.at(-1) as Backup
  await noteNextTransaction(parts, made).catch((error: Error) =>
    // The backup is whole without; a restore to before a transaction begins from an older one then.
    logger.warn({ label: made.label, err: error }, 'the next transaction of a backup could not be noted'),
  )
  return made
}

/** A transaction that begins from here on is not in it: what a restore to before one looks for. */
async function noteNextTransaction(
  { pgBackRest, live }: Pick<Context, 'pgBackRest' | 'live'>,
  { label }: Backup,
) {
  const [row] = await live.ask<{ next: string }>(
    'postgres',
    'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
  )
  await pgBackRest.run('annotate', [`--set=${label}`, `--annotation=next-transaction=${row?.next}`])
}

/** Backups are named by their time, and none may be older than the one before it. */
const isOfEarlierTime = (error: Error) =>
  error instanceof ProgramFailed && /is not later than latest backup label/.test(error.message)

/** Creates it, or takes it along to the next major of PostgreSQL. Another database of the same major is no upgrade but a loss. */
async function prepareStanza({ pgBackRest, config }: Pick<Context, 'pgBackRest' | 'config'>): Promise<void> {
  try {
    await pgBackRest.run('stanza-create')
  } catch (error) {
    const { databases } = await readRepository(pgBackRest)
    const newest = databases.at(-1)
    if (!newest || newest.version === readMajor(config.folders.data)) throw error
    await pgBackRest.run('stanza-upgrade')
  }
}

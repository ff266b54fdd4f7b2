import { type Repetition, repeat } from '@finity/kit/process/repeat.ts'
import type { Context } from './context.ts'
import { readRepository } from './database/list-backups.ts'
import { readMajor } from './database/read-major.ts'
import { makeBackup } from './make-backup.ts'
import { AlreadyAtWork, isAtWork } from './programs/work-alone.ts'
import { runDrill } from './run-drill.ts'
import { type Planned, planNextBackup } from './schedule/next-backup.ts'

const lookEveryMs = 30_000
/** Those who serve come up first: after each restore a full backup is due. */
const settleMs = 10_000
/** What failed is tried again, and not over and over: it takes the processors and the disk each time. */
const pauseAfterFailureMs = 10 * 60_000

/** Looks again and again whether something is due, so that neither a clock that jumps nor a night without power skips anything. */
export function keepSchedule(context: Context): Repetition {
  const { config, clock, logger, pgBackRest, live } = context
  let notBefore = 0

  async function plan(): Promise<Planned> {
    const { backups: all, databases } = await readRepository(pgBackRest)
    // After an upgrade of PostgreSQL, or the way back, only a backup lets the repository take the log of what runs now.
    const newest = databases.at(-1)
    const isOurs = newest?.version === readMajor(config.folders.data)
    const backups = isOurs ? all.filter(({ database }) => database === newest.id) : []
    // After a restore to before it, no server can follow the log from the newest backup to the data of now.
    if (backups.length > 0 && backups.at(-1)?.timeline !== (await readTimeline()))
      return { kind: 'full', at: clock() }
    // What a clock that was ahead has dated would put the next one off until then.
    const past = backups.filter(({ endedAt }) => endedAt <= clock())
    const lastFull = past.findLast(({ kind }) => kind === 'full')
    return planNextBackup(config.schedule, lastFull?.endedAt ?? null, past.at(-1)?.endedAt ?? clock())
  }

  async function readTimeline(): Promise<number | undefined> {
    const [row] = await live.ask<{ timeline: number }>(
      'postgres',
      'select timeline_id as timeline from pg_control_checkpoint()',
    )
    return row?.timeline
  }

  async function look(): Promise<void> {
    if (performance.now() < notBefore || !(await live.answers())) return
    // A database that leaves meanwhile, as in a restore, lets this fail; it is looked at again soon.
    const { kind, at } = await plan()
    // The repository takes no new backup while one is restored from it.
    if (at > clock() || (await isAtWork(config.folders.repository, 'restore'))) return
    try {
      await makeBackup(context, kind)
      await runDrill(context)
    } catch (error) {
      // That somebody else makes one at this moment is no failure.
      if (!(error instanceof AlreadyAtWork)) notBefore = performance.now() + pauseAfterFailureMs
      throw error
    }
  }

  let looking: Repetition | undefined
  const settled = setTimeout(() => {
    looking = repeat(look, lookEveryMs, logger)
  }, settleMs)
  return {
    async stop() {
      clearTimeout(settled)
      await looking?.stop()
    },
  }
}

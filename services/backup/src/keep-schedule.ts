import { repeat } from '@finity/kit/process/repeat.ts'
import type { Context } from './context.ts'
import { makeBackup } from './make-backup.ts'
import { copyMedia } from './media/copy-media.ts'
import { readRepository } from './database/list-backups.ts'
import { runDrill } from './run-drill.ts'
import { type Planned, planNextBackup } from './schedule/next-backup.ts'

const lookEveryMs = 30_000

/** Looks again and again whether something is due, so that neither a clock that jumps nor a night without power skips anything. */
export function keepSchedule(context: Context): { stop: () => Promise<void> } {
  const { config, status, clock, logger, pgBackRest } = context
  let planned: Planned | null = null

  async function plan(): Promise<Planned> {
    const { backups } = await readRepository(pgBackRest)
    const lastFull = backups.findLast(({ kind }) => kind === 'full')
    return planNextBackup(config.schedule, lastFull?.endedAt ?? null, backups.at(-1)?.endedAt ?? clock())
  }

  async function look(): Promise<void> {
    planned ??= await plan()
    if (planned.at <= clock()) {
      const { kind } = planned
      planned = null
      await makeBackup(context, kind)
      await runDrill(context)
      return
    }
    const copiedAt = new Date(status.read().media?.at ?? 0)
    if (clock().getTime() - copiedAt.getTime() >= config.schedule.mediaEveryMinutes * 60_000)
      await copyMedia(context)
  }

  return repeat(look, lookEveryMs, logger)
}

import { type Repetition, repeat } from '@finity/kit/process/repeat.ts'
import type { Context } from '../context.ts'
import { msApart } from '../schedule/watch-clock.ts'
import type { Status } from '../status/status-store.ts'
import { copyMedia } from './copy-media.ts'

const lookEveryMs = 15_000
const unchangedMs = 60 * 60_000
const pauseAfterFailureMs = 10 * 60_000

/** Copies the media soon after some have come or gone, and once an hour whatever the database says of that. */
export function keepMediaCopied(context: Context): Repetition {
  const { config, status, clock, live, logger } = context
  const everyMs = config.schedule.mediaEveryMinutes * 60_000
  let copied: string | undefined

  async function look(): Promise<void> {
    // Nothing comes while the database is away.
    if (!(await live.answers())) return
    const changes = await countChanges(live)
    if (!isCopyDue(clock(), status.read().media, changes !== copied, everyMs)) return
    await copyMedia(context)
    copied = changes
  }

  return repeat(look, lookEveryMs, logger)
}

export function isCopyDue(now: Date, last: Status['media'], hasChanged: boolean, everyMs: number): boolean {
  if (!last) return true
  const pauseMs = hasChanged ? everyMs : Math.max(everyMs, unchangedMs)
  return msApart(now, last.at) >= (last.error === null ? pauseMs : Math.max(everyMs, pauseAfterFailureMs))
}

/** Of rows of media, by the server's own count: each file has a row, which is changed when the file is in its place. */
async function countChanges({ ask }: Context['live']): Promise<string> {
  const [row] = await ask<{ changes: string | null }>(
    'finity_db',
    `select string_agg(concat_ws(' ', n_tup_ins, n_tup_upd, n_tup_del), ', ' order by relname) as changes
     from pg_stat_user_tables where relname in ('media', 'media_variant')`,
  )
  return row?.changes ?? ''
}

import type { Context } from '../context.ts'
import { readRepository } from '../database/list-backups.ts'
import { lockLimitSeconds, workAlone } from '../programs/work-alone.ts'
import { hasJumped, msApart } from '../schedule/watch-clock.ts'

/** Beyond the days of the database, of which the last full backup before them is kept too, so that a row that comes back finds its file. */
const extraDays = 9

/** For how many days media are kept: never fewer than the oldest backup goes back. */
export async function readKeptDays({
  pgBackRest,
  config,
  clock,
}: Pick<Context, 'pgBackRest' | 'config' | 'clock'>): Promise<number> {
  const [oldest] = (await readRepository(pgBackRest)).backups
  const age = oldest ? Math.ceil(msApart(clock(), oldest.startedAt.toISOString()) / 86_400_000) : 0
  return Math.max(config.retentionDays, age) + extraDays
}

/** Whoever locks the repository of the media does it under this. */
export const mediaWork = 'copy of the media'

/** Copies what is new; with `forgets`, what is too old goes. */
export async function copyMedia(context: Context, { forgets } = { forgets: false }): Promise<void> {
  await workAlone(
    context.config.folders.repository,
    mediaWork,
    () => copy(context, forgets),
    lockLimitSeconds,
  )
}

async function copy(context: Context, forgets: boolean): Promise<void> {
  const { mediaRepository, status, clock, clockJump } = context
  const startedAt = performance.now()
  const noted = (part: { files: number; bytes: number; error: string | null }) =>
    status.change({
      media: { at: clock().toISOString(), seconds: (performance.now() - startedAt) / 1_000, ...part },
    })
  try {
    const { files, bytes } = await mediaRepository.copy()
    if (forgets && !hasJumped(clockJump())) await mediaRepository.forget(await readKeptDays(context))
    noted({ files, bytes, error: null })
  } catch (error) {
    noted({ files: 0, bytes: 0, error: (error as Error).message })
    throw error
  }
}

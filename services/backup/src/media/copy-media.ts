import type { Context } from '../context.ts'
import { lockLimitSeconds, workAlone } from '../programs/work-alone.ts'
import { hasJumped } from '../schedule/watch-clock.ts'

/** Beyond the days of the database, of which the last full backup before them is kept too, so that a row that comes back finds its file. */
export const extraDays = 9

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

async function copy(
  { mediaRepository, config, status, clock, clockJump }: Context,
  forgets: boolean,
): Promise<void> {
  const startedAt = performance.now()
  const noted = (part: { files: number; bytes: number; error: string | null }) =>
    status.change({
      media: { at: clock().toISOString(), seconds: (performance.now() - startedAt) / 1_000, ...part },
    })
  try {
    const { files, bytes } = await mediaRepository.copy()
    if (forgets && !hasJumped(clockJump())) await mediaRepository.forget(config.retentionDays + extraDays)
    noted({ files, bytes, error: null })
  } catch (error) {
    noted({ files: 0, bytes: 0, error: (error as Error).message })
    throw error
  }
}

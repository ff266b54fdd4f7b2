import type { Context } from './context.ts'
import { takeBackup } from './database/take-backup.ts'
import { copyMedia } from './media/copy-media.ts'
import { workAlone } from './programs/work-alone.ts'

/**
 * Media first, then the database: what a row of the backup names was there before the row. Writes down how both went, and throws when the
 * database's went wrong: media that cannot be copied, which has an alert of its own, keep nobody from having that.
 */
export async function makeBackup(
  context: Context,
  kind: 'full' | 'diff',
  onLine?: (line: string) => void,
): Promise<void> {
  await workAlone(context.config.folders.repository, 'backup', () => make(context, kind, onLine))
}

async function make(context: Context, kind: 'full' | 'diff', onLine?: (line: string) => void): Promise<void> {
  const { status, clock, logger } = context
  await copyMedia(context, { forgets: true }).catch((error) =>
    logger.error(error, 'the media are not copied'),
  )
  const startedAt = performance.now()
  const noted = (part: { label: string | null; bytes: number; error: string | null }) =>
    status.change({
      backup: { at: clock().toISOString(), seconds: (performance.now() - startedAt) / 1_000, kind, ...part },
    })
  try {
    const { label, databaseBytes, hasPageErrors } = await takeBackup(context, kind, onLine)
    if (hasPageErrors)
      throw new Error('The database has pages whose checksums are wrong: its disk is failing.')
    noted({ label, bytes: databaseBytes, error: null })
    logger.info({ label, kind, bytes: databaseBytes }, 'backup made')
  } catch (error) {
    noted({ label: null, bytes: 0, error: (error as Error).message })
    throw error
  }
}

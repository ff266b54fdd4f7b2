import type { z } from 'zod'
import type { Context } from '../context.ts'
import { backupStatus, type backupsRead } from './schemas.ts'

type Backups = z.output<typeof backupsRead>

const answerWithinMs = 2_000

/** What the backup sidecar tells of its work. */
export async function readBackups({ config: { backupUrl }, logger }: Context): Promise<Backups> {
  if (backupUrl === null) return { state: 'absent' }
  let fault: 'unreachable' | 'failing' = 'unreachable'
  try {
    const signal = AbortSignal.timeout(answerWithinMs)
    const response = await fetch(new URL('/status', backupUrl), { signal })
    const text = await response.text()
    // Whatever is wrong from here on is what it said.
    fault = 'failing'
    return { state: 'known', status: backupStatus.parse(JSON.parse(text)) }
  } catch (error) {
    logger.warn({ err: error }, 'the backup sidecar does not answer as it should')
    return { state: fault }
  }
}

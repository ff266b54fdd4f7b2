import { mkdirSync } from 'node:fs'
import type { PgBackRest } from '../database/pgbackrest.ts'
import { type RecoveryTarget, targetOptions } from './recovery-target.ts'

/**
 * Restores into an empty folder, with a recovery that reads the repository first, then the tail, then the tail's unfinished segment.
 * Nothing is started. Throws ProgramFailed.
 */
export async function restoreDatabase(
  pgBackRest: PgBackRest,
  data: string,
  target: RecoveryTarget,
  onLine?: (line: string) => void,
): Promise<void> {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const options = [
    `--pg1-path=${data}`,
    '--process-max=2',
    '--log-level-console=info',
    '--recovery-option=restore_command=restore-wal %f %p',
    ...targetOptions(target),
  ]
  await pgBackRest.run('restore', options, { onLine })
}

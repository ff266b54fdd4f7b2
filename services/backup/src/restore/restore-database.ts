import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { PgBackRest } from '../database/pgbackrest.ts'
import { type RecoveryTarget, targetOptions } from './recovery-target.ts'

/**
 * Restores into an empty folder, with a recovery that reads the repository first, then the tail, then the tail's unfinished segment.
 * Nothing is started. Throws ProgramFailed.
 */
export async function restoreDatabase(
  pgBackRest: PgBackRest,
  { folders }: Config,
  data: string,
  target: RecoveryTarget,
  onLine?: (line: string) => void,
): Promise<void> {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const fetch = `restore-wal %f %p`
  const options = [
    `--pg1-path=${data}`,
    '--process-max=2',
    '--log-level-console=info',
    `--recovery-option=restore_command=${fetch}`,
    ...targetOptions(target),
  ]
  await pgBackRest.run('restore', options, { onLine })
  void folders
}

/** What restore-wal does where the archive does not have a segment: the tail's, whole or as far as it came. Says whether there is one. */
export function takeFromTail(tail: string, segment: string, place: string): boolean {
  if (!existsSync(tail)) return false
  const names = readdirSync(tail)
  const found = [segment, `${segment}.partial`].find((name) => names.includes(name))
  if (!found) return false
  copyFileSync(join(tail, found), place)
  return true
}

import type { Config } from '../config.ts'
import { type Backup, readRepository } from './list-backups.ts'
import type { PgBackRest } from './pgbackrest.ts'

/**
 * Makes a backup and removes what is too old for the retention, never before the new one is complete. Another one that runs is not
 * waited for: pgBackRest's own lock refuses the second.
 */
export async function takeBackup(
  pgBackRest: PgBackRest,
  { retentionDays }: Pick<Config, 'retentionDays'>,
  kind: 'full' | 'diff',
  onLine?: (line: string) => void,
): Promise<Backup> {
  await pgBackRest.run('stanza-create')
  const retention = ['--repo1-retention-full-type=time', `--repo1-retention-full=${retentionDays}`]
  await pgBackRest.run('backup', [`--type=${kind}`, ...retention, '--log-level-console=info'], { onLine })
  const { backups } = await readRepository(pgBackRest)
  return backups.at(-1) as Backup
}

import type { Context } from '../context.ts'
import { type Backup, readRepository } from './list-backups.ts'

/**
 * Makes a backup and removes what is too old for the retention, never before the new one is complete. Another one that runs is not
 * waited for: pgBackRest's own lock refuses the second.
 */
export async function takeBackup(
  { pgBackRest, config }: Pick<Context, 'pgBackRest' | 'config'>,
  kind: 'full' | 'diff',
  onLine?: (line: string) => void,
): Promise<Backup> {
  await pgBackRest.run('stanza-create')
  const options = [
    `--type=${kind}`,
    '--repo1-retention-full-type=time',
    `--repo1-retention-full=${config.retentionDays}`,
    '--log-level-console=info',
  ]
  await pgBackRest.run('backup', options, { onLine })
  const { backups } = await readRepository(pgBackRest)
  return backups.at(-1) as Backup
}

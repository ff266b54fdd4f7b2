import type { Context } from '../context.ts'
import { type Backup, readRepository } from './list-backups.ts'
import { readMajor } from './read-major.ts'

/**
 * Makes a backup and removes what is too old for the retention, never before the new one is complete. Another one that runs is not
 * waited for: pgBackRest's own lock refuses the second.
 */
export async function takeBackup(
  { pgBackRest, config }: Pick<Context, 'pgBackRest' | 'config'>,
  kind: 'full' | 'diff',
  onLine?: (line: string) => void,
): Promise<Backup> {
  await prepareStanza({ pgBackRest, config })
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

/** Creates it, or takes it along to the next major of PostgreSQL. Another database of the same major is no upgrade but a loss. */
async function prepareStanza({ pgBackRest, config }: Pick<Context, 'pgBackRest' | 'config'>): Promise<void> {
  try {
    await pgBackRest.run('stanza-create')
  } catch (error) {
    const { databases } = await readRepository(pgBackRest)
    const newest = databases.at(-1)
    if (!newest || newest.version === readMajor(config.folders.data)) throw error
    await pgBackRest.run('stanza-upgrade')
  }
}

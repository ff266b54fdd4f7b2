import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { StartupFault } from '@finity/kit/env/startup-fault.ts'
import type { Context } from '../context.ts'
import { copyOffsite } from '../offsite/copy-offsite.ts'
import { chooseCopy, fetchOffsite } from '../offsite/fetch-offsite.ts'
import type { OffsiteRepositories } from '../offsite/offsite-repositories.ts'
import { readTarget } from '../restore/recovery-target.ts'
import { inUtc, say } from './print.ts'

/** Brings to S3 what it does not have yet, at once. */
export async function copy(context: Context, words: string[]): Promise<void> {
  const { values } = parseArgs({ args: words, options: { json: { type: 'boolean', default: false } } })
  await copyOffsite({ ...context, offsite: requireOffsite(context) })
  const { offsite } = context.status.read()
  say(
    values.json
      ? `${JSON.stringify(offsite)}\n`
      : `  ✓ On S3 is what was here at ${inUtc(new Date(offsite?.at ?? 0))} UTC\n`,
  )
}

/** Brings the backups back from S3, where the volumes were lost. */
export async function fetchCopy(context: Context, words: string[]): Promise<void> {
  const { values } = parseArgs({ args: words, options: { time: { type: 'string' } } })
  const offsite = requireOffsite(context)
  if (existsSync(join(context.config.folders.repository, 'database')))
    throw new StartupFault(
      'There is a repository in the volume of the backups. To replace it by that of S3, stop the stack and remove the volumes of backups and wal_tail first.',
    )
  const target = values.time === undefined ? null : readTarget({ time: values.time })
  const chosen = chooseCopy(await offsite.database.list(), target?.kind === 'time' ? target.at : null)
  if (!chosen)
    throw new StartupFault('There is no such copy in the bucket. Is BACKUP_S3_BUCKET right, its folder too?')
  say(`  The copy of ${inUtc(chosen.takenAt)} UTC\n`)
  await fetchOffsite({ ...context, offsite }, chosen, (name) => say(`  … ${name}\n`))
  say('  ✓ The backups are here again. Next: npm run backup -- restore\n')
}

function requireOffsite({ offsite }: Context): OffsiteRepositories {
  if (offsite) return offsite
  throw new StartupFault('No second place of the backups is set: BACKUP_S3_BUCKET in .env.')
}

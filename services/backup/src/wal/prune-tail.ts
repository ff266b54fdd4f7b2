import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'

/** Removes what the archive has: the tail is for what it has not yet. */
export async function pruneTail({ config, live }: Pick<Context, 'config' | 'live'>): Promise<void> {
  const [row] = await live.ask<{ archived: string | null; system: string }>(
    'postgres',
    'select last_archived_wal as archived, system_identifier::text as system from pg_stat_archiver, pg_control_system()',
  )
  const archived = /^[0-9A-F]{24}/.exec(row?.archived ?? '')?.[0]
  if (!row || !archived) return
  const folder = join(config.folders.tail, row.system)
  for (const name of await readdir(folder))
    if (/^[0-9A-F]{24}$/.test(name) && name <= archived) await rm(join(folder, name), { force: true })
}

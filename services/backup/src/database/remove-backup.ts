import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { stanza } from './pgbackrest.ts'

/** Removes it and those that depend on it. Throws ProgramFailed. */
export async function removeBackup(
  { pgBackRest, config }: Pick<Context, 'pgBackRest' | 'config'>,
  label: string,
): Promise<void> {
  await pgBackRest.run('expire', [`--set=${label}`])
  await forget(join(config.folders.repository, 'database/backup', stanza, 'backup.history'), label)
}

/** pgBackRest remembers what it has removed, and makes no backup that is older than one of these either. */
async function forget(history: string, label: string): Promise<void> {
  const names = await readdir(history, { recursive: true }).catch(() => [])
  const isOurs = (name: string) =>
    [`/${label}.manifest`, `/${label}_`].some((beginning) => name.includes(beginning))
  for (const name of names.filter(isOurs)) await rm(join(history, name))
}

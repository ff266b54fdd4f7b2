import { setTimeout as pause } from 'node:timers/promises'
import { backup, idOf } from './backup.ts'
import { docker } from './stack.ts'

/** As many hashes of 64 bytes as fill two pages of eight kilobytes, less their heads. */
const hashesOfRow = 248

/** One table of so many gigabytes that do not compress, whatever was in it before, and a full backup of it. */
export async function fillDatabase(gigabytes: number): Promise<void> {
  const rows = Math.round((gigabytes * 1e9) / (2 * 8192))
  inDatabase('drop table if exists filler')
  inDatabase(
    `create table filler as select n, (select string_agg(sha512((random() || ' ' || n || m)::bytea), '') from generate_series(1, ${hashesOfRow}) m) as piece from generate_series(1, ${rows}) n`,
  )
  // What vacuum would write to the log later is none of what is measured.
  inDatabase('vacuum (freeze, analyze) filler')
  inDatabase('checkpoint')
  await makeFullBackup()
}

export const inDatabase = (statement: string): string =>
  docker('exec', idOf('db'), 'psql', '-U', 'postgres', '-d', 'finity_db', '-Atqc', statement)

/** The sidecar may be making one of its own. */
export async function makeFullBackup(): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { code, output } = await backup('now', '--full')
    if (code === 0) return
    if (attempt === 5) throw new Error(output)
    await pause(10_000)
  }
}

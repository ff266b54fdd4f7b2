import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** One that is younger may be at work in another container. */
const oldAfterMs = 6 * 3_600_000

/** What a drill left that was killed takes as much room as the database. */
export async function removeOldDrills(restore: string): Promise<void> {
  for (const name of await readdir(restore)) {
    const path = join(restore, name)
    if (!name.startsWith('drill-')) continue
    if (Date.now() - (await stat(path)).mtimeMs > oldAfterMs) await rm(path, { recursive: true, force: true })
  }
}

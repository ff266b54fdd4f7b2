import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What a drill left that was killed takes as much room as the database. To be called by whoever alone may drill. */
export function removeOldDrills(restore: string): void {
  for (const name of readdirSync(restore))
    if (name.startsWith('drill-')) rmSync(join(restore, name), { recursive: true, force: true })
}

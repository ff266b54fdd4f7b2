import { copyFile, link, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Folders } from '../config.ts'
import type { Status } from '../status/status-store.ts'

/** What names or continues the rest of the repository: read first, since the rest only grows while it is read. */
export const infoFiles = [
  'archive/finity/archive.info',
  'archive/finity/archive.info.copy',
  'backup/finity/backup.info',
  'backup/finity/backup.info.copy',
]

/** The named points, beside those. */
export const pointsFile = 'points.json'
export type Points = Pick<Status, 'points' | 'pointTimes'>

/** Of a cluster, or put aside. */
const tailName = /^\d+(\.before-\w+)?$/

/**
 * Keeps the tail of the log and the lists of backups as they are now, in a folder of the tail's volume. What is archived and pruned from
 * the tail after this moment is in the archive, which is read later; and no list names a backup that is not complete yet.
 */
export async function setHeadsAside(
  folders: Pick<Folders, 'repository' | 'tail'>,
  aside: string,
  { points, pointTimes }: Points,
): Promise<void> {
  await rm(aside, { recursive: true, force: true })
  for (const name of (await readdir(folders.tail)).filter((entry) => tailName.test(entry))) {
    await mkdir(join(aside, 'tail', name), { recursive: true })
    for (const segment of await readdir(join(folders.tail, name)))
      await keep(join(folders.tail, name), join(aside, 'tail', name), segment)
  }
  for (const name of infoFiles) {
    const to = join(aside, 'database', name)
    await mkdir(dirname(to), { recursive: true })
    await copyFile(join(folders.repository, 'database', name), to)
  }
  await writeFile(join(aside, 'database', pointsFile), JSON.stringify({ points, pointTimes }))
}

/** One that is completed in between has another name then, and one that is gone then is in the archive. */
async function keep(from: string, to: string, segment: string): Promise<void> {
  for (const name of new Set([segment, segment.replace(/\.partial$/, '')]))
    try {
      return await link(join(from, name), join(to, name))
    } catch (error) {
      if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
}

import { link, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { asideOf, ownerFile } from './copy-offsite.ts'
import type { OffsiteCopy, OffsiteRepositories } from './offsite-repositories.ts'

/**
 * Brings the repository, the tail and the media back from S3, onto volumes that were lost. The repository has its name when all of it is
 * there. What is on the volumes of the tail and the media is not overwritten.
 */
export async function fetchOffsite(
  { config, offsite }: Pick<Context, 'config'> & { offsite: OffsiteRepositories },
  { id, owner }: OffsiteCopy,
  step: (name: string) => void,
): Promise<void> {
  const { repository, tail } = config.folders
  const [fetched, aside] = [join(repository, 'database.fetched'), asideOf(tail)]
  step('Database and log')
  await offsite.database.restore(id, aside, { repository: fetched, tail: aside })
  await addSegments(aside, tail)
  step('Media')
  const newest = (await offsite.media.list()).at(-1)
  if (newest) await offsite.media.restore(newest.id)
  await writeFile(ownerFile(repository), owner)
  await rename(fetched, join(repository, 'database'))
}

async function addSegments(from: string, tail: string): Promise<void> {
  for (const cluster of await readdir(from)) {
    await mkdir(join(tail, cluster), { recursive: true })
    for (const segment of await readdir(join(from, cluster)))
      await link(join(from, cluster, segment), join(tail, cluster, segment)).catch((error) => {
        if (error.code !== 'EEXIST') throw error
      })
  }
  await rm(from, { recursive: true })
}

/** The newest, or the newest of before a time. */
export function chooseCopy(copies: OffsiteCopy[], before: Date | null): OffsiteCopy | undefined {
  return copies.findLast(({ takenAt }) => before === null || takenAt <= before)
}

import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Context } from '../context.ts'
import { chooseCopies } from '../media/choose-copies.ts'
import { asideOf, ownerFile } from './copy-offsite.ts'
import type { OffsiteCopy, OffsiteRepositories } from './offsite-repositories.ts'
import { type Points, pointsFile } from './set-heads-aside.ts'

/**
 * Brings the repository, the tail and the media back from S3, onto volumes that were lost. The repository has its name when all of it is
 * there. What is on the volumes of the tail and the media is not overwritten.
 */
export async function fetchOffsite(
  { config, status, offsite }: Pick<Context, 'config' | 'status'> & { offsite: OffsiteRepositories },
  { id, owner, takenAt }: OffsiteCopy,
  step: (name: string) => void,
): Promise<void> {
  const { repository, tail } = config.folders
  const [fetched, segments] = [join(repository, `${fetching}${id}`), join(tail, `${fetching}${id}`)]
  await removeOthers(fetched)
  await removeOthers(segments)
  step('Database and log')
  await offsite.database.restore(id, asideOf(tail), { repository: fetched, tail: segments })
  await addSegments(segments, tail)
  step('Media')
  // Those of that moment first: what is brought first stays.
  const copies = chooseCopies(takenAt, await offsite.media.list())
  for (const copy of copies.sort((a, b) => Number(a.takenAt > takenAt) - Number(b.takenAt > takenAt)))
    await offsite.media.restore(copy.id)
  await takePoints(status, join(fetched, pointsFile))
  await writeFile(ownerFile(repository), owner)
  await rename(fetched, join(repository, 'database'))
}

/** Copies of before there was such a file have none. */
async function takePoints(status: Context['status'], file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  status.change(JSON.parse(text) as Partial<Points>)
  await rm(file, { force: true })
}

/** By its id, since what an interrupted one has brought is gone on with, and of another copy is in the way. */
const fetching = 'fetching-'

async function removeOthers(own: string): Promise<void> {
  const folder = dirname(own)
  for (const name of await readdir(folder))
    if (name.startsWith(fetching) && name !== basename(own)) await rm(join(folder, name), { recursive: true })
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

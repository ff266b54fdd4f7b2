import { randomUUID } from 'node:crypto'
import { access, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { readKeptDays } from '../media/copy-media.ts'
import { hasJumped, msApart } from '../schedule/watch-clock.ts'
import type { OffsiteRepositories } from './offsite-repositories.ts'
import { setHeadsAside } from './set-heads-aside.ts'
import { workOffsite } from './work-offsite.ts'

type Parts = Pick<Context, 'config' | 'status' | 'clock' | 'clockJump' | 'pgBackRest'> & {
  offsite: OffsiteRepositories
}

/** In the volume of the tail, so that links can be made. */
export const asideOf = (tail: string) => join(tail, 'copying')
/** The name of the repository here, which its copies carry. */
export const ownerFile = (repository: string) => join(repository, 'copy-owner')

const pruneEveryMs = 24 * 3_600_000

/** Brings what is new to S3: the repository and the tail, and the media when there is a newer copy of them here. Notes how it went. */
export async function copyOffsite(parts: Parts): Promise<void> {
  try {
    await workOffsite(parts, parts.offsite, () => copy(parts))
  } catch (error) {
    note(parts, { error: (error as Error).message })
    throw error
  }
}

async function copy(parts: Parts): Promise<void> {
  const at = parts.clock().toISOString()
  await copyDatabase(parts)
  await copyNewMedia(parts)
  note(parts, { at, error: null })
  await pruneDaily(parts)
}

type Notes = NonNullable<ReturnType<Context['status']['read']>['offsite']>

function note({ status }: Pick<Parts, 'status'>, part: Partial<Notes>): void {
  const before = status.read().offsite ?? { at: null, mediaAt: null, prunedAt: null, error: null }
  status.change({ offsite: { ...before, ...part } })
}

async function copyDatabase(parts: Parts): Promise<void> {
  const { config, offsite, status } = parts
  const { repository, tail } = config.folders
  await access(join(repository, 'database/backup/finity/backup.info')).catch(() => {
    throw new Error('There is no backup here yet that could be copied.')
  })
  const owner = await findOwner(parts)
  const aside = asideOf(tail)
  try {
    await setHeadsAside(config.folders, aside, status.read())
    await offsite.database.copy(aside, owner)
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** The name of the repository here. Copies of another one are not followed by those of this one: somebody may want them back. */
async function findOwner({ config, offsite }: Parts): Promise<string> {
  const file = ownerFile(config.folders.repository)
  const ours = await readFile(file, 'utf8').catch(() => null)
  if (ours) return ours
  await offsite.database.prepare()
  if ((await offsite.database.list()).length > 0)
    throw new Error(
      'The bucket has the backups of another repository than this one. To have them here: npm run backup -- fetch, on empty volumes. To begin anew: another folder in BACKUP_S3_BUCKET.',
    )
  const made = randomUUID()
  await writeFile(file, made)
  return made
}

async function copyNewMedia(parts: Parts): Promise<void> {
  const { status, offsite } = parts
  const { media, offsite: copied } = status.read()
  if (!media || media.error !== null || (copied?.mediaAt && copied.mediaAt === media.at)) return
  await offsite.media.copy()
  note(parts, { mediaAt: media.at })
}

/** What is too old there goes once a day, also where nothing is made anew. */
async function pruneDaily(parts: Parts): Promise<void> {
  const { offsite, status, clock, clockJump } = parts
  if (hasJumped(clockJump())) return
  const now = clock()
  const prunedAt = status.read().offsite?.prunedAt
  if (prunedAt && msApart(now, prunedAt) < pruneEveryMs) return
  await offsite.database.prune()
  if (status.read().offsite?.mediaAt) await offsite.media.forget(await readKeptDays(parts))
  note(parts, { prunedAt: now.toISOString() })
}

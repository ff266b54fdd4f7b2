import { join } from 'node:path'
import { z } from 'zod'
import type { Config, OffsiteSettings, Secrets } from '../config.ts'
import { createMediaRepository, type MediaRepository } from '../media/restic.ts'
import { failure } from '../programs/run-program.ts'
import { orderOf } from '../schedule/watch-clock.ts'
import { placeOnS3 } from './s3-place.ts'
import { infoFiles, pointsFile } from './set-heads-aside.ts'

/** `owner` is the repository that it is of. */
export type OffsiteCopy = { id: string; takenAt: Date; owner: string }

export type OffsiteRepositories = {
  /** Of pgBackRest's repository and the tail of the log. */
  database: {
    /** Makes it where there is none. */
    prepare: () => Promise<void>
    /** Oldest first. */
    list: () => Promise<OffsiteCopy[]>
    /** `aside` is what setHeadsAside has made. */
    copy: (aside: string, owner: string) => Promise<void>
    /** Into folders; what an interrupted one has brought is not asked for again. */
    restore: (id: string, aside: string, to: { repository: string; tail: string }) => Promise<void>
    prune: () => Promise<void>
  }
  media: MediaRepository
  /** Takes away all locks. */
  unlock: () => Promise<void>
  /** Whether all that the copies name is there; throws ProgramFailed. */
  verify: () => Promise<void>
}

const snapshots = z.array(
  z.object({ short_id: z.string(), time: z.coerce.date(), tags: z.array(z.string()).default([]) }),
)

/** The newest copy has all that the repository has; those before it are for a repository that was damaged or deleted and copied so. */
const kept = ['--keep-within=2h', '--keep-within-hourly=2d', '--keep-within-daily=14d']

const incomplete = 3
/** Removed by the retention, or renamed when it was whole, after the folder was read. */
const isGone = (line: string) => /no such file or directory/.test(line)

export function createOffsiteRepositories(
  { folders }: Pick<Config, 'folders'>,
  settings: OffsiteSettings,
  secrets: Secrets,
): OffsiteRepositories {
  const place = placeOnS3(settings, 'database', secrets)
  const mediaPlace = placeOnS3(settings, 'media', secrets)
  const source = join(folders.repository, 'database')

  return {
    media: createMediaRepository({ folders }, mediaPlace),
    async unlock() {
      for (const { exists, run } of [place, mediaPlace])
        if (await exists()) await run(['unlock', '--quiet', '--remove-all'])
    },
    async verify() {
      for (const { exists, run } of [place, mediaPlace]) if (await exists()) await run(['check', '--quiet'])
    },
    database: {
      async prepare() {
        if (!(await place.exists())) await place.run(['init', '--quiet'])
      },
      async list() {
        if (!(await place.exists())) return []
        return snapshots
          .parse(JSON.parse(await place.run(['snapshots', '--json', '--no-lock'])))
          .map(({ short_id: id, time: takenAt, tags: [owner = ''] }) => ({ id, takenAt, owner }))
          .sort((a, b) => orderOf(a) - orderOf(b))
      },
      async copy(aside, owner) {
        // Of another stack that was killed. The lock of one that is at work is renewed, and stays.
        await place.run(['unlock', '--quiet'])
        // A tail has a name more while it is read, which is no change of it.
        const words = ['--no-scan', '--ignore-ctime', '--host=finity', `--tag=${owner}`]
        const command = ['backup', ...words, '--exclude=*.pgbackrest.tmp', source, aside]
        const ended = await place.end(command)
        const errors = ended.complaint.split('\n').filter((line) => /^error:/.test(line))
        const isWhole =
          ended.code === 0 || (ended.code === incomplete && errors.length > 0 && errors.every(isGone))
        if (isWhole) return
        // It would be fetched as the newest.
        const [, made] = /^snapshot (\w+) saved$/m.exec(ended.output) ?? []
        if (made) await place.run(['forget', '--quiet', made])
        throw failure('restic', command, ended)
      },
      async restore(id, aside, to) {
        await place.run(['restore', '--quiet', `${id}:${source}`, `--target=${to.repository}`])
        await place.run(['restore', '--quiet', `${id}:${join(aside, 'tail')}`, `--target=${to.tail}`])
        // They are older than the rest, and name nothing that was not whole then.
        const lists = [...infoFiles, pointsFile].map((name) => `--include=/${name}`)
        await place.run([
          'restore',
          '--quiet',
          ...lists,
          `${id}:${join(aside, 'database')}`,
          `--target=${to.repository}`,
        ])
      },
      async prune() {
        // Copies do not wait long for this one, which waits for a lock that a killed container has left until that is old.
        await place.run(['forget', '--retry-lock=10s', '--quiet', '--group-by=', ...kept, '--prune'])
      },
    },
  }
}

import { join } from 'node:path'
import { z } from 'zod'
import type { Config, Secrets } from '../config.ts'
import { type ProgramParts, runProgram } from '../programs/run-program.ts'

export type MediaCopy = { id: string; takenAt: Date; files: number; bytes: number }

export type MediaRepository = {
  /** Copies what is new of the files. */
  copy: (parts?: Pick<ProgramParts, 'onLine'>) => Promise<MediaCopy>
  /** Oldest first. */
  list: () => Promise<MediaCopy[]>
  /** Reads so much of the repository again and compares it with its checksums; throws ProgramFailed at the first damage. */
  verify: (share: string) => Promise<void>
  /** The files of a copy, into a folder. */
  restore: (id: string, folder: string) => Promise<void>
  forget: (keptDays: number) => Promise<void>
}

const snapshots = z.array(
  z.object({
    short_id: z.string(),
    time: z.coerce.date(),
    summary: z.object({ total_files_processed: z.int(), total_bytes_processed: z.int() }).optional(),
  }),
)

/** Files are named by what they hold and never change, so a copy costs what is new. */
export function createMediaRepository({ folders }: Config, secrets: Secrets): MediaRepository {
  const environment = {
    RESTIC_REPOSITORY: join(folders.repository, 'media'),
    RESTIC_PASSWORD: secrets.key,
    RESTIC_CACHE_DIR: '/tmp/restic',
    HOME: '/tmp',
  }
  const run = (words: string[], parts: Pick<ProgramParts, 'onLine'> = {}) =>
    runProgram('restic', words, { ...parts, environment })

  async function ensureRepository(): Promise<void> {
    await run(['cat', 'config', '--quiet']).catch(() => run(['init', '--quiet']))
  }

  async function list(): Promise<MediaCopy[]> {
    const found = snapshots.parse(JSON.parse(await run(['snapshots', '--json'])))
    return found
      .map(({ short_id: id, time, summary }) => ({
        id,
        takenAt: time,
        files: summary?.total_files_processed ?? 0,
        bytes: summary?.total_bytes_processed ?? 0,
      }))
      .sort((a, b) => a.takenAt.getTime() - b.takenAt.getTime())
  }

  return {
    list,
    async copy(parts) {
      await ensureRepository()
      await run(['backup', '--host', 'finity', '--exclude', 'uploading', folders.media], parts)
      return (await list()).at(-1) as MediaCopy
    },
    async verify(share) {
      await run(['check', `--read-data-subset=${share}`])
    },
    async restore(id, folder) {
      await run(['restore', `${id}:${folders.media}`, '--target', folder])
    },
    async forget(keptDays) {
      await run(['forget', '--host', 'finity', `--keep-within=${keptDays}d`, '--prune', '--quiet'])
    },
  }
}

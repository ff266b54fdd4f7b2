import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { ProgramFailed, searchPath } from '../programs/run-program.ts'
import type { ResticPlace } from './restic-place.ts'

export type MediaCopy = { id: string; takenAt: Date; files: number; bytes: number }

export type MediaRepository = {
  /** Copies what is new of the files. */
  copy: () => Promise<MediaCopy>
  /** Oldest first; none where there is no repository yet. Throws ProgramFailed where it cannot be read. */
  list: () => Promise<MediaCopy[]>
  /** Reads so much of the repository again and compares it with its checksums; throws ProgramFailed at the first damage. */
  verify: (share: string) => Promise<void>
  /** The bytes of a file of a copy; throws ProgramFailed when there is none. */
  read: (id: string, path: string, onChunk: (chunk: Buffer) => void) => Promise<void>
  /** Brings the files of a copy that are missing back to their place, and touches no other; or makes whole too what an interrupted one left. */
  restore: (id: string, overwrite?: 'never' | 'if-changed') => Promise<void>
  forget: (keptDays: number) => Promise<void>
}

const snapshots = z.array(
  z.object({
    short_id: z.string(),
    time: z.coerce.date(),
    summary: z.object({ total_files_processed: z.int(), total_bytes_processed: z.int() }).optional(),
  }),
)

/** Files are named by what they belong to and never change, so a copy costs what is new. */
export function createMediaRepository(
  { folders }: Pick<Config, 'folders'>,
  place: ResticPlace,
): MediaRepository {
  const { run, exists } = place

  async function list(): Promise<MediaCopy[]> {
    if (!(await exists())) return []
    return snapshots
      .parse(JSON.parse(await run(['snapshots', '--json', '--no-lock'])))
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
    async copy() {
      if (!(await exists())) await run(['init', '--quiet'])
      await run(['unlock', '--quiet'])
      await run([
        'backup',
        '--quiet',
        '--host=finity',
        `--exclude=${join(folders.media, 'incoming')}`,
        folders.media,
      ])
      return (await list()).at(-1) as MediaCopy
    },
    async verify(share) {
      if (await exists()) await run(['check', '--quiet', `--read-data-subset=${share}`])
    },
    async read(id, path, onChunk) {
      const child = spawn(
        'restic',
        [...place.words, 'dump', '--quiet', '--no-lock', id, join(folders.media, path)],
        {
          env: { PATH: searchPath, ...place.environment },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      )
      let complaint = ''
      child.stdout.on('data', onChunk)
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        complaint += text
      })
      const [code] = await once(child, 'close')
      if (code !== 0) throw new ProgramFailed(`restic dump failed (${code}): ${complaint.trim().slice(-300)}`)
    },
    async restore(id, overwrite = 'never') {
      await run([
        'restore',
        '--quiet',
        `--overwrite=${overwrite}`,
        `${id}:${folders.media}`,
        `--target=${folders.media}`,
      ])
      await giveToGroup(folders.media)
    },
    async forget(keptDays) {
      await run(['forget', '--quiet', '--host=finity', `--keep-within=${keptDays}d`, '--prune'])
    },
  }
}

/** What was made here belongs to this user; the api, whose group has the folder, deletes it one day. */
async function giveToGroup(root: string): Promise<void> {
  const { gid } = await stat(root)
  const own = process.getuid?.()
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const { uid, mode } = await stat(path)
    if (uid !== own) continue
    await chown(path, uid, gid)
    await chmod(path, entry.isDirectory() ? 0o2775 : mode | 0o060)
  }
}

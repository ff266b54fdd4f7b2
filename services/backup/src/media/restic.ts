import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { ProgramFailed, searchPath } from '../programs/run-program.ts'
import { orderOf } from '../schedule/watch-clock.ts'
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
  /** Brings the files of a copy that are missing back to their place, whole, and touches no other. */
  restore: (id: string) => Promise<void>
  /** Of those of an hour the last one stays for so long. */
  forget: (keptDays: number) => Promise<void>
}

const snapshots = z.array(
  z.object({
    short_id: z.string(),
    time: z.coerce.date(),
    summary: z.object({ total_files_processed: z.int(), total_bytes_processed: z.int() }).optional(),
  }),
)

/** Each file is compared with each pattern: of more than these, bringing all of the copy is quicker. */
const patternLimit = 1_000

/** Files are named by what they belong to and never change, so a copy costs what is new. */
export function createMediaRepository(
  { folders }: Pick<Config, 'folders'>,
  place: ResticPlace,
): MediaRepository {
  const { run, exists } = place

  async function list(): Promise<MediaCopy[]> {
    if (!(await exists())) return []
    // All of them are one line, which may be longer than what is kept of what a program says.
    let said = '[]'
    await run(['snapshots', '--json', '--no-lock'], (line) => {
      if (line.startsWith('[')) said = line
    })
    return snapshots
      .parse(JSON.parse(said))
      .map(({ short_id: id, time, summary }) => ({
        id,
        takenAt: time,
        files: summary?.total_files_processed ?? 0,
        bytes: summary?.total_bytes_processed ?? 0,
      }))
      .sort((a, b) => orderOf(a) - orderOf(b))
  }

  /** Files of a copy that are not in their places, by their paths from there. */
  async function listMissing(id: string): Promise<string[]> {
    const missing: string[] = []
    const onLine = (line: string) => {
      // It warns on the same lines.
      if (!line.startsWith('{')) return
      const { type, path } = JSON.parse(line)
      if (type === 'file' && !existsSync(path)) missing.push(path.slice(folders.media.length + 1))
    }
    await run(['ls', '--json', '--no-lock', id], onLine)
    return missing
  }

  return {
    list,
    async copy() {
      if (!(await exists())) await run(['init', '--quiet'])
      // Nobody else is at work (copy-media.ts): what is locked was locked by somebody who was killed, and would stay so for half an hour.
      await run(['unlock', '--quiet', '--remove-all'])
      await run([
        'backup',
        '--quiet',
        '--host=finity',
        `--exclude=${join(folders.media, 'incoming')}`,
        `--exclude=${join(folders.media, '.restoring')}`,
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
    async restore(id) {
      const missing = await listMissing(id)
      if (missing.length === 0) return
      // Beside their places, and moved there whole: half a file, left by a restore that was killed, would be taken for one that is there.
      const staging = join(folders.media, '.restoring')
      await rm(staging, { recursive: true, force: true })
      await writeFile('/tmp/missing-media', missing.map((path) => `/${path}\n`).join(''))
      const wanted = missing.length > patternLimit ? [] : ['--include-file=/tmp/missing-media']
      await run(['restore', '--quiet', `${id}:${folders.media}`, ...wanted, `--target=${staging}`])
      for (const path of missing) {
        await mkdir(dirname(join(folders.media, path)), { recursive: true })
        await rename(join(staging, path), join(folders.media, path))
      }
      await rm(staging, { recursive: true })
      await giveToGroup(folders.media)
    },
    async forget(keptDays) {
      const kept = ['--keep-within=2h', `--keep-within-hourly=${keptDays}d`]
      await run(['forget', '--quiet', '--host=finity', ...kept, '--prune'])
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

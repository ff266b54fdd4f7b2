import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Repository } from './list-backups.ts'
import { type PgBackRest, stanza } from './pgbackrest.ts'

/** Where in the log the next one begins: nowhere for the newest, which goes on. */
export type Timeline = { id: number; until: number }

/** Those that a restore follows, of the newest cluster in the repository. */
export type Followed = { database: number; timelines: Timeline[] }

/** Null where the repository is empty. Throws ProgramFailed. */
export async function readFollowed(
  pgBackRest: Pick<PgBackRest, 'run'>,
  { databases }: Pick<Repository, 'databases'>,
): Promise<Followed | null> {
  const cluster = databases.at(-1)
  if (!cluster) return null
  const folder = `archive/${stanza}/${cluster.version}-${cluster.id}`
  const files = await pgBackRest.run('repo-ls', [folder, '--filter=[.]history$'])
  const newest = newestHistory(files.split('\n'))
  const text = newest ? await pgBackRest.run('repo-get', [`${folder}/${newest}`]) : ''
  return { database: cluster.id, timelines: parseHistory(newest, text) }
}

/** Those of a cluster itself; null where there is none. */
export function readTimelines(data: string): Timeline[] | null {
  const folder = join(data, 'pg_wal')
  try {
    const newest = newestHistory(readdirSync(folder))
    const text = newest ? readFileSync(join(folder, newest), 'utf8') : ''
    return parseHistory(newest, text)
  } catch {
    return null
  }
}

/** PostgreSQL's file of how the newest timeline came about; none where there is only the first. */
function newestHistory(names: string[]): string | undefined {
  return names
    .filter((name) => /^[0-9A-F]{8}\.history$/.test(name))
    .sort()
    .at(-1)
}

/** The newest timeline last, after those that it comes from. */
export function parseHistory(name: string | undefined, text: string): Timeline[] {
  const before = [...text.matchAll(/^(\d+)\t(\S+)/gm)].map(([, id, position = '']) => ({
    id: Number(id),
    until: readPosition(position),
  }))
  return [...before, { id: name ? Number.parseInt(name, 16) : 1, until: Number.POSITIVE_INFINITY }]
}

/** Whether the newest of these timelines left the one before it at a place of before that segment of it. */
export function endsBefore(segment: string, timelines: Timeline[]): boolean {
  const left = timelines.at(-2)
  const [id, high, index] = [0, 8, 16].map((at) => Number.parseInt(segment.slice(at, at + 8), 16))
  return (
    left !== undefined && left.id === id && left.until <= (high ?? 0) * 2 ** 32 + (index ?? 0) * segmentBytes
  )
}

const segmentBytes = 16 * 1024 * 1024

/** 1/2A as a number. */
export function readPosition(position: string): number {
  const [high = '0', low = '0'] = position.split('/')
  return Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16)
}

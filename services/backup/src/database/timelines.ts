import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Repository } from './list-backups.ts'
import { type PgBackRest, stanza } from './pgbackrest.ts'

/** Where in the log the next one begins: nowhere for the newest, which goes on. */
export type Timeline = { id: number; until: number }

/** Those that lead to the data of a moment, of one cluster in the repository. */
export type Followed = {
  database: number
  timelines: Timeline[]
  /** A restore, or the way back from one, has left them since: the newest timeline leads elsewhere. */
  areLeft: boolean
}

/**
 * PostgreSQL's history of a timeline comes to the archive when the timeline begins to be used, so its time tells which was in use at a moment;
 * without one it is now. Null where the cluster has no history, and so one timeline only. Throws ProgramFailed.
 */
export async function readFollowed(
  pgBackRest: Pick<PgBackRest, 'run'>,
  cluster: Repository['databases'][number] | undefined,
  { moment, timeline }: { moment?: Date | undefined; timeline?: number | undefined } = {},
): Promise<Followed | null> {
  if (!cluster) return null
  const folder = `archive/${stanza}/${cluster.version}-${cluster.id}`
  const listed = await pgBackRest.run('repo-ls', [folder, '--output=json', '--filter=[.]history$'])
  const histories = Object.entries(listing.parse(JSON.parse(listed)))
    .filter(([name]) => historyName.test(name))
    .map(([name, { time = 0 }]) => ({ name, id: Number.parseInt(name, 16), begunAt: time * 1_000 }))
    .sort((one, other) => one.id - other.id)
  const [oldest, newest] = [histories.at(0), histories.at(-1)]
  if (!oldest) return null
  const used = histories.findLast(({ id, begunAt }) =>
    timeline === undefined ? !moment || begunAt <= moment.getTime() : id === timeline,
  )
  const { name } = used ?? oldest
  const timelines = parseHistory(name, await pgBackRest.run('repo-get', [`${folder}/${name}`]))
  return { database: cluster.id, timelines: used ? timelines : leftBy(timelines), areLeft: used !== newest }
}

/** What was in use until the newest of these began. */
function leftBy(timelines: Timeline[]): Timeline[] {
  return timelines
    .slice(0, -1)
    .map((one, index, { length }) => (index < length - 1 ? one : { ...one, until: Number.POSITIVE_INFINITY }))
}

const historyName = /^[0-9A-F]{8}\.history$/
/** Seconds since 1970. */
const listing = z.record(z.string(), z.object({ time: z.int().optional() }))

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
    .filter((name) => historyName.test(name))
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

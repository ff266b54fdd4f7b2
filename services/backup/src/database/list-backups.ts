import { z } from 'zod'
import { type PgBackRest, stanza } from './pgbackrest.ts'
import { readPosition } from './timelines.ts'

export type Backup = {
  label: string
  kind: 'full' | 'diff' | 'incr'
  /** Of the cluster, among the databases of the repository. */
  database: number
  startedAt: Date
  endedAt: Date
  /** Of the database, and of what the backup added to the repository. */
  databaseBytes: number
  repositoryBytes: number
  /** Pages whose checksum is wrong were found in the database while it was copied. */
  hasPageErrors: boolean
  /** Where in the log it ends. */
  end: number
  timeline: number
  /** No transaction from this one on is in it; null where that was not noted. */
  nextTransaction: number | null
  /** Of PostgreSQL. */
  version: string
}

/** What pgBackRest tells of a repository; what is not named here is left aside. */
const answer = z.array(
  z.object({
    name: z.string(),
    status: z.object({ code: z.int(), message: z.string() }),
    backup: z.array(
      z.object({
        label: z.string(),
        type: z.enum(['full', 'diff', 'incr']),
        database: z.object({ id: z.int() }),
        timestamp: z.object({ start: z.int(), stop: z.int() }),
        error: z.boolean().nullish(),
        lsn: z.object({ stop: z.string() }),
        archive: z.object({ stop: z.string() }),
        annotation: z.record(z.string(), z.string()).nullish(),
        info: z.object({ size: z.int(), repository: z.object({ delta: z.int() }) }),
      }),
    ),
    archive: z
      .array(z.object({ database: z.object({ id: z.int() }), max: z.string().nullish() }))
      .default([]),
    db: z.array(z.object({ id: z.int(), version: z.string() })),
  }),
)

export type Repository = {
  backups: Backup[]
  /** The clusters whose data is in it, with the major version of each, the newest last. */
  databases: { id: number; version: string }[]
  /** Of the log of the newest of them. */
  newestSegment: string | null
}

/** Oldest backup first. Throws ProgramFailed where the repository cannot be read, with another key for instance. */
export async function readRepository(pgBackRest: PgBackRest): Promise<Repository> {
  const said = await pgBackRest.run('info', ['--output=json'])
  // With another key it quotes what it decrypted, raw control characters and all, about once in 256 times.
  const stanzas = answer.parse(JSON.parse(said.replaceAll(/\p{Cc}+/gu, ' ')))
  const ours = stanzas.find(({ name }) => name === stanza)
  if (!ours) return { backups: [], databases: [], newestSegment: null }
  if (ours.status.code === unreadable)
    throw new Error(`The repository cannot be read, is its key another? ${ours.status.message}`)
  return {
    backups: ours.backup.map(
      ({ label, type, timestamp, error, info, lsn, archive, annotation, database }) => ({
        label,
        kind: type,
        database: database.id,
        startedAt: new Date(timestamp.start * 1_000),
        endedAt: new Date(timestamp.stop * 1_000),
        databaseBytes: info.size,
        repositoryBytes: info.repository.delta,
        hasPageErrors: error ?? false,
        end: readPosition(lsn.stop),
        timeline: Number.parseInt(archive.stop.slice(0, 8), 16),
        nextTransaction: Number(annotation?.['next-transaction']) || null,
        version: ours.db.find(({ id }) => id === database.id)?.version ?? '',
      }),
    ),
    databases: ours.db,
    newestSegment: ours.archive.find(({ database }) => database.id === ours.db.at(-1)?.id)?.max ?? null,
  }
}

/** With another key, for instance. */
const unreadable = 99

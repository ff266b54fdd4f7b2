import { z } from 'zod'
import type { System } from './read-system.ts'

const service = z.object({
  name: z.enum(['api', 'auth', 'database', 'queue', 'storage']),
  status: z.enum(['ok', 'failing']),
  version: z.string().nullable(),
  detail: z.string().nullable().describe('What is wrong'),
})

const jobCount = z.object({
  kind: z.string(),
  waiting: z.int(),
  active: z.int(),
  failed: z.int().describe('In the last day'),
})

const deadLetter = z.object({
  id: z.uuid(),
  kind: z.string(),
  failed_at: z.iso.datetime(),
  error: z.string(),
  attempts: z.int(),
})

export const systemRead = z
  .object({
    version: z.string(),
    started_at: z.iso.datetime(),
    services: z.array(service),
    queue: z.object({
      kinds: z.array(jobCount),
      dead: z.array(deadLetter).describe('The newest'),
      dead_count: z.int(),
    }),
    storage: z.object({ free_bytes: z.int(), total_bytes: z.int() }).nullable(),
  })
  .meta({ title: 'System' })

export function toSystemRead({
  version,
  startedAt,
  services,
  queue,
  storage,
}: System): z.input<typeof systemRead> {
  return {
    version,
    started_at: startedAt.toISOString(),
    services,
    queue: { kinds: queue.kinds, dead: queue.dead.map(toDeadLetter), dead_count: queue.deadCount },
    storage: storage && { free_bytes: storage.freeBytes, total_bytes: storage.totalBytes },
  }
}

function toDeadLetter({ failedAt, ...letter }: System['queue']['dead'][number]): z.input<typeof deadLetter> {
  return { ...letter, failed_at: failedAt.toISOString() }
}

const outcome = { at: z.iso.datetime(), seconds: z.number(), error: z.string().nullable() }

/** As the backup sidecar tells it, and as it is told on. */
export const backupStatus = z.object({
  mode: z.enum(['async', 'strict']),
  commits_wait: z.boolean().nullable().describe('For the second copy; null when that is not known'),
  backup: z
    .object({
      ...outcome,
      kind: z.enum(['full', 'diff']),
      label: z.string().nullable(),
      bytes: z.int(),
    })
    .nullable(),
  media: z.object({ ...outcome, files: z.int(), bytes: z.int() }).nullable(),
  drill: z
    .object({
      ...outcome,
      label: z.string().nullable(),
      bytes: z.int(),
      checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
    })
    .nullable()
    .describe('The last restore that was tried to prove a backup'),
  alerts: z.array(z.object({ code: z.string(), sentence: z.string(), remedy: z.string() })),
})

export const backupsRead = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('known'), status: backupStatus }),
    z.object({
      state: z
        .enum(['absent', 'unreachable', 'failing'])
        .describe('Absent: nothing backs up here. Failing: it answers, but not as it should'),
    }),
  ])
  .meta({ title: 'Backups' })

/** Not a UUID in the schema: a malformed id is a job that does not exist. */
export const deadLetterPath = z.object({ id: z.string().meta({ format: 'uuid' }) })

export const noQuery = z.strictObject({})

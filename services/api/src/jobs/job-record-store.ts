import type { Prisma } from '../../generated/prisma/client.ts'
import { deadLetters, type JobKind, jobKinds } from './job-kinds.ts'

/** How many jobs of a kind there are: to be done now or later, at work, and those that failed every time in the last day. */
export type JobCount = { kind: JobKind; waiting: number; active: number; failed: number }

export type DeadLetter = {
  id: string
  kind: string
  failedAt: Date
  /** The message of the last failure. */
  error: string
  attempts: number
}

/** What the queue's own tables say. */
export type JobRecordStore = {
  /** Of every kind, also those without jobs. */
  countJobs: () => Promise<JobCount[]>
  countDeadLetters: () => Promise<number>
  /** Newest first. */
  listDeadLetters: (limit: number) => Promise<DeadLetter[]>
}

const longestError = 500

export function createJobRecordStore(database: Prisma.TransactionClient): JobRecordStore {
  return {
    async countJobs() {
      const counts = await database.$queryRaw<JobCount[]>`
        select name as kind,
               count(*) filter (where state in ('created', 'retry'))::int as waiting,
               count(*) filter (where state = 'active')::int as active,
               count(*) filter (where state = 'failed')::int as failed
        from pgboss.job where name = any(${jobKinds}) group by name`
      const none = { waiting: 0, active: 0, failed: 0 }
      return jobKinds.map((kind) => counts.find((count) => count.kind === kind) ?? { kind, ...none })
    },

    async countDeadLetters() {
      const [row] = await database.$queryRaw<{ count: number }[]>`
        select count(*)::int as count from pgboss.job where name = ${deadLetters} and state = 'created'`
      return row?.count ?? 0
    },

    listDeadLetters: (limit) => database.$queryRaw<DeadLetter[]>`
      select id, coalesce(source_name, '') as kind, created_on as "failedAt",
             left(coalesce(source_output->>'message', source_output#>>'{value,message}', ''), ${longestError}) as error,
             coalesce(source_retry_count, 0) + 1 as attempts
      from pgboss.job where name = ${deadLetters} and state = 'created'
      order by created_on desc, id limit ${limit}`,
  }
}

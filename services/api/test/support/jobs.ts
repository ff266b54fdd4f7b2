import { type JobKind, jobKinds } from '../../src/jobs/job-kinds.ts'
import { type JobHandlers, type JobRunner, runJobs } from '../../src/jobs/run-jobs.ts'
import type { Api } from './start-api.ts'

/** Has the jobs of some kinds done in this way, and those of the others by doing nothing. Stopped after the file's last test. */
export function doJobs({ context, stopAtEnd }: Api, handlers: Partial<JobHandlers>): JobRunner {
  const idle = Object.fromEntries(jobKinds.map((kind) => [kind, async () => {}])) as unknown as JobHandlers
  const runner = runJobs(context, { ...idle, ...handlers })
  stopAtEnd(runner)
  return runner
}

/** All jobs that wait for their time have waited long enough. */
export async function letTimeCome({ query }: Api): Promise<void> {
  await query("update pgboss.job set start_after = now() where state in ('created', 'retry')")
}

export async function statesOf({ query }: Api, kind: JobKind): Promise<string[]> {
  const jobs = await query<{ state: string }>(
    'select state::text from pgboss.job where name = $1 order by created_on',
    kind,
  )
  return jobs.map(({ state }) => state)
}

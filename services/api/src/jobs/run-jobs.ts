import { repeat } from '@finity/kit/process/repeat.ts'
import type { Context } from '../context.ts'
import { type JobKind, jobKinds, jobRules } from './job-kinds.ts'
import type { DoJob } from './job-queue-store.ts'

/** How each kind of job is done. Doing one again, after a crash in the middle, must do no harm. */
export type JobHandlers = { [K in JobKind]: DoJob<K> }

export type JobRunner = { stop: () => Promise<void> }

type JobContext = Pick<Context, 'jobQueue' | 'logger' | 'metrics'>

const tryAgainMs = 2_000

/** Works off the queue until stopped. While the database is away it tries again and again to begin. */
export function runJobs(context: JobContext, handlers: JobHandlers): JobRunner {
  const { jobQueue, logger } = context
  let isAtWork = false
  const beginning = repeat(
    async () => {
      if (isAtWork) return
      await jobQueue.open()
      for (const kind of jobKinds) await employ(context, kind, handlers)
      isAtWork = true
    },
    tryAgainMs,
    logger,
  )
  return {
    async stop() {
      await beginning.stop()
      await jobQueue.close()
    },
  }
}

async function employ<K extends JobKind>(
  context: JobContext,
  kind: K,
  { [kind]: doJob }: JobHandlers,
): Promise<void> {
  const { concurrency } = jobRules[kind]
  for (let worker = 0; worker < concurrency; worker += 1)
    await context.jobQueue.work(kind, (data, signal) => attempt(context, kind, () => doJob(data, signal)))
}

async function attempt(
  { metrics, logger }: JobContext,
  kind: JobKind,
  doJob: () => Promise<void>,
): Promise<void> {
  const stopTimer = metrics.jobDuration.startTimer({ kind })
  try {
    await doJob()
    metrics.jobs.inc({ kind, result: 'done' })
  } catch (error) {
    metrics.jobs.inc({ kind, result: 'failed' })
    logger.warn({ err: error, job: kind }, 'a job failed; it is tried again')
    throw error
  } finally {
    stopTimer()
  }
}

import type { DatabaseAccess } from '@finity/kit/database/connect-database.ts'
import type { Logger } from '@finity/kit/process/create-logger.ts'
import { fromPrisma, PgBoss } from 'pg-boss'
import type { Prisma } from '../../generated/prisma/client.ts'
import { deadLetters, type JobData, type JobKind, jobKinds, jobRules } from './job-kinds.ts'

export type SendJobOptions = {
  startAfter?: Date
}

/** Jobs sent inside a transaction exist when it commits, and not before. */
export type JobSender = {
  sendJob: <K extends JobKind>(kind: K, data: JobData[K], options?: SendJobOptions) => Promise<void>
  /** Many at once, in one statement. */
  sendJobs: <K extends JobKind>(kind: K, data: JobData[K][], options?: SendJobOptions) => Promise<void>
}

/** What does one job. The signal says that its result no longer counts: its time is over, or the process stops. */
export type DoJob<K extends JobKind> = (data: JobData[K], signal: AbortSignal) => Promise<void>

export type JobQueue = {
  /** Sends on the connection, or in the transaction, that is given. */
  senderOn: (database: Prisma.TransactionClient) => JobSender
  /** Rejects while the queue cannot be reached. */
  open: () => Promise<void>
  isOpen: () => boolean
  /** Does the jobs of a kind from now on, one at a time. */
  work: <K extends JobKind>(kind: K, doJob: DoJob<K>) => Promise<void>
  /** Puts a job that failed every time back into its queue. False when there is none with this id. */
  retryDeadLetter: (id: string) => Promise<boolean>
  /** False when there is none with this id. */
  removeDeadLetter: (id: string) => Promise<boolean>
  /** Waits for the jobs at work, for some seconds; those that are not done then are given back. */
  close: () => Promise<void>
}

/** An attempt whose process died is taken up again after this. */
const heartbeatSeconds = 20
/** How often somebody looks for such attempts. */
const superviseSeconds = 10
const stopTimeoutMs = 10_000
const daySeconds = 86_400

/** The queue of background work, in PostgreSQL. It connects on first use, and again after a failure. */
export function createJobQueue(database: DatabaseAccess, logger: Logger): JobQueue {
  let opening: Promise<PgBoss> | null = null
  let isOpen = false

  function open(): Promise<PgBoss> {
    opening ??= start(database, logger).then(
      (boss) => {
        isOpen = true
        return boss
      },
      (error: unknown) => {
        opening = null
        throw error
      },
    )
    return opening
  }

  return {
    senderOn: (database) => ({
      async sendJob(kind, data, options = {}) {
        const boss = await open()
        await boss.send(kind, data, { ...options, db: fromPrisma(database) })
      },
      async sendJobs(kind, data, options = {}) {
        const boss = await open()
        const jobs = data.map((each) => ({ ...options, data: each }))
        await boss.insert(kind, jobs, { db: fromPrisma(database) })
      },
    }),
    open: async () => void (await open()),
    isOpen: () => isOpen,
    work: async (kind, doJob) => workOn(await open(), kind, doJob),
    async retryDeadLetter(id) {
      const boss = await open()
      return (await boss.redrive(deadLetters, { ids: [id] })) > 0
    },
    async removeDeadLetter(id) {
      const boss = await open()
      const [found] = await boss.findJobs(deadLetters, { id })
      if (found) await boss.deleteJob(deadLetters, id)
      return found !== undefined
    },
    close: async () => {
      const boss = await opening?.catch(() => null)
      await boss?.stop({ graceful: true, timeout: stopTimeoutMs })
    },
  }
}

async function workOn<K extends JobKind>(boss: PgBoss, kind: K, doJob: DoJob<K>): Promise<void> {
  // A new job is told by NOTIFY; polling finds those whose time has come: retries and delayed ones.
  const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 }
  const worker = await boss.work<JobData[K]>(kind, polling, async ([job]) => {
    if (!job) return
    try {
      await doJob(job.data, job.signal)
    } finally {
      // Otherwise a worker rests for one polling interval after each job, however many wait.
      boss.notifyWorker(worker)
    }
  })
}

async function start(database: DatabaseAccess, logger: Logger): Promise<PgBoss> {
  const boss = new PgBoss({
    ...database,
    application_name: 'finity-api-jobs',
    max: 3,
    connectionTimeoutMillis: 5_000,
    // The migration job makes the tables; this role may only use them.
    migrate: false,
    createSchema: false,
    reindex: false,
    registerInstance: false,
    useListenNotify: true,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    maintenanceIntervalSeconds: 300,
  })
  boss.on(
    'error',
    onceAMinute((error) => logger.warn({ err: error }, 'the job queue reports an error')),
  )
  boss.on('warning', ({ message, data }) => logger.warn({ data }, message))
  try {
    await boss.start()
    await boss.createQueue(deadLetters, { retryLimit: 0, retentionSeconds: 90 * daySeconds })
    for (const kind of jobKinds) await declareQueue(boss, kind)
    return boss
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {})
    throw error
  }
}

/** While the database is away, every worker says so at every turn. */
function onceAMinute(say: (error: Error) => void): (error: Error) => void {
  let saidAt = Number.NEGATIVE_INFINITY
  return (error) => {
    if (performance.now() - saidAt < 60_000) return
    saidAt = performance.now()
    say(error)
  }
}

async function declareQueue(boss: PgBoss, kind: JobKind): Promise<void> {
  const { retryLimit, expireInSeconds, schedule } = jobRules[kind]
  const rules = {
    retryLimit,
    expireInSeconds,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 3_600,
    heartbeatSeconds,
    deadLetter: deadLetters,
    notify: true,
    // Jobs that nobody came to do are kept: a service may be away for long.
    retentionSeconds: 365 * daySeconds,
    deleteAfterSeconds: daySeconds,
  }
  await boss.createQueue(kind, rules)
  await boss.updateQueue(kind, rules)
  if (schedule) await boss.schedule(kind, schedule, {}, { tz: 'UTC' })
}

import type { Context } from '../context.ts'
import type { DeadLetter, JobCount } from '../jobs/job-record-store.ts'
import { lookAt, type ServiceState } from './look-at-services.ts'
import { readStorage, type StorageSpace } from './read-storage.ts'

type Queue = { kinds: JobCount[]; dead: DeadLetter[]; deadCount: number }

export type System = {
  version: string
  startedAt: Date
  services: ServiceState[]
  queue: Queue
  storage: StorageSpace | null
}

const shownDeadLetters = 50
/** With less than this share free, it is time to do something. */
const leastFreeShare = 0.05

/** How everything is that this service depends on. */
export async function readSystem(context: Context): Promise<System> {
  const version = context.config.release
  const [[auth], [database], [queue, jobs], [storage, space]] = await Promise.all([
    lookAt(context, 'auth', () => askAuth(context)),
    lookAt(context, 'database', async () => ({
      value: null,
      version: await context.system.readServerVersion(),
    })),
    lookAt(context, 'queue', () => readQueue(context)),
    lookAt(context, 'storage', () => findSpace(context)),
  ])
  const api: ServiceState = { name: 'api', status: 'ok', version, detail: null }
  return {
    version,
    startedAt: new Date(performance.timeOrigin),
    services: [api, auth, database, queue, storage],
    queue: jobs ?? { kinds: [], dead: [], deadCount: 0 },
    storage: space,
  }
}

async function askAuth({ config }: Context) {
  const { ok, status } = await fetch(new URL('/ready', config.jwksUrl))
  return { value: null, fault: ok ? undefined : `It answers ${status}.` }
}

async function readQueue({ jobQueue, jobRecords }: Context) {
  const [kinds, dead, deadCount] = await Promise.all([
    jobRecords.countJobs(),
    jobRecords.listDeadLetters(shownDeadLetters),
    jobRecords.countDeadLetters(),
  ])
  return { value: { kinds, dead, deadCount }, fault: jobQueue.isOpen() ? undefined : 'It is not open yet.' }
}

async function findSpace({ config }: Context) {
  const value = await readStorage(config.mediaDir)
  const isScarce = value.freeBytes < value.totalBytes * leastFreeShare
  return { value, fault: isScarce ? 'It is nearly full.' : undefined }
}

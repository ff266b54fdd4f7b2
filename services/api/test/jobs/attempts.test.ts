import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { doJobs, letTimeCome, statesOf } from '../support/jobs.ts'
import { startApi } from '../support/start-api.ts'

const [api, busy, failing, hopeless] = [
  await startApi(),
  await startApi(),
  await startApi(),
  await startApi(),
]
const patience = { timeout: 15_000 }

test('does a job that was sent', async () => {
  const done = Promise.withResolvers<unknown>()
  doJobs(api, { 'make-variants': async (data) => done.resolve(data) })
  await api.context.jobQueue.open()
  const data = { mediaId: randomUUID() }

  await api.sendJob('make-variants', data)

  expect(await done.promise).toEqual(data)
  await expect.poll(() => statesOf(api, 'make-variants')).toEqual(['completed'])
})

test('knows no job of a transaction that was rolled back', async () => {
  const sent = api.context.transact(async ({ jobs }) => {
    await jobs.sendJob('erase-account', { accountId: randomUUID() })
    await jobs.sendJobs('erase-account', [{ accountId: randomUUID() }])
    throw new Error('no')
  })

  await expect(sent).rejects.toThrow('no')
  expect(await statesOf(api, 'erase-account')).toEqual([])
})

test('does a long line of jobs without a pause between them', async () => {
  let done = 0
  const data = Array.from({ length: 100 }, () => ({ accountId: randomUUID() }))
  await busy.context.jobs.sendJobs('erase-account', data)

  doJobs(busy, {
    'erase-account': async () => {
      done += 1
    },
  })

  await expect.poll(() => done, patience).toBe(100)
})

test('keeps a job that failed every time, for somebody to decide', async () => {
  let attempts = 0
  doJobs(hopeless, {
    'forget-old-requests': async () => {
      attempts += 1
      throw new Error('never')
    },
  })
  await hopeless.sendJob('forget-old-requests', {})

  const deadLetters = async () => {
    await letTimeCome(hopeless)
    return hopeless.context.jobRecords.listDeadLetters(10)
  }

  const letter = { kind: 'forget-old-requests', error: 'never', attempts: 3 }
  await expect.poll(deadLetters, { timeout: 30_000 }).toMatchObject([letter])
  expect(attempts).toBe(3)
}, 40_000)

async function secondsToRetry(): Promise<number | undefined> {
  const [job] = await failing.query<{ seconds: number }>(
    `select extract(epoch from start_after - now())::float as seconds from pgboss.job
     where name = 'sync-subscription' and state = 'retry'`,
  )
  return job?.seconds
}

test('tries a failed job again, later each time', async () => {
  let attempts = 0
  doJobs(failing, {
    'sync-subscription': async () => {
      attempts += 1
      throw new Error('not now')
    },
  })
  await failing.sendJob('sync-subscription', { customerId: 'cus_1' })

  const waits: number[] = []
  for (const attempt of [1, 2, 3]) {
    await expect.poll(() => attempts, patience).toBe(attempt)
    await expect.poll(secondsToRetry, patience).toBeTypeOf('number')
    waits.push((await secondsToRetry()) ?? 0)
    await letTimeCome(failing)
  }

  const atLeast = [1, 3, 7]
  for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThan(atLeast[index] ?? 0)
})

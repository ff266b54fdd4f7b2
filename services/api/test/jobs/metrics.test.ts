import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { doJobs } from '../support/jobs.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()

test('measures jobs by kind: how many are done and fail, how long that takes, how many wait', async () => {
  doJobs(api, { 'sync-subscription': () => Promise.reject(new Error('not now')) })
  await api.sendJob('make-variants', { mediaId: randomUUID() })
  await api.sendJob('sync-subscription', { customerId: 'cus_1' })
  await api.sendJob(
    'erase-account',
    { accountId: randomUUID() },
    { startAfter: new Date(Date.now() + 60_000) },
  )

  const lines = [
    'api_jobs_total{kind="make-variants",result="done",service="api"} 1',
    'api_jobs_total{kind="sync-subscription",result="failed",service="api"} 1',
    'api_job_duration_seconds_count{service="api",kind="make-variants"} 1',
    'api_jobs{kind="make-variants",state="waiting",service="api"} 0',
    'api_jobs{kind="erase-account",state="waiting",service="api"} 1',
    'api_dead_letters{service="api"} 0',
  ]
  const missing = async () => {
    const told = (await api.metrics()).split('\n')
    return lines.filter((line) => !told.includes(line))
  }
  await expect.poll(missing, { timeout: 15_000 }).toEqual([])
})

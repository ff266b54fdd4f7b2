import { randomUUID } from 'node:crypto'
import { bringBack, takeAway } from '@finity/kit/testing/test-database.ts'
import { expect, test } from 'vitest'
import { doJobs } from '../support/jobs.ts'
import { startApi } from '../support/start-api.ts'

const [api, late] = [await startApi(), await startApi()]
const patience = { timeout: 15_000 }

test('goes on with its work when the database was away', async () => {
  const done: unknown[] = []
  doJobs(api, { 'make-variants': async (data) => void done.push(data) })
  const [before, after] = [{ mediaId: randomUUID() }, { mediaId: randomUUID() }]
  await api.sendJob('make-variants', before)
  await expect.poll(() => done, patience).toEqual([before])

  await takeAway(api.database)
  await bringBack(api.database)
  await api.sendJob('make-variants', after)

  await expect.poll(() => done, patience).toEqual([before, after])
})

test('begins its work once the database is there', async () => {
  const done: unknown[] = []
  const data = { mediaId: randomUUID() }
  await takeAway(late.database)

  doJobs(late, { 'make-variants': async (each) => void done.push(each) })
  await expect.poll(late.log, patience).toContain('a repeated job fails')
  await bringBack(late.database)
  await late.sendJob('make-variants', data)

  await expect.poll(() => done, patience).toEqual([data])
})

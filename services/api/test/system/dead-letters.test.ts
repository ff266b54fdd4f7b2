import { randomUUID } from 'node:crypto'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { doJobs, statesOf } from '../support/jobs.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const patience = { timeout: 20_000 }
const token = await api.issuer.sign(randomUUID(), { superuser: true })

type DeadLetter = { id: string; kind: string; failed_at: string; error: string; attempts: number }
type Queue = {
  kinds: { kind: string; waiting: number; active: number; failed: number }[]
  dead: DeadLetter[]
  dead_count: number
}

async function readQueue(): Promise<Queue> {
  const { body } = await api.send('/api/system', { token })
  return (body as { queue: Queue }).queue
}

let isBroken = true
doJobs(api, {
  'make-variants': async () => {
    if (isBroken) throw new Error('the disk is full')
  },
})

/** A job that failed as often as it may: once, to make it quick. */
async function aDeadLetter(): Promise<DeadLetter> {
  isBroken = true
  await api.query('delete from pgboss.job')
  await api.sendJob('make-variants', { mediaId: randomUUID() }, { startAfter: new Date(Date.now() + 60_000) })
  await api.query('update pgboss.job set retry_limit = 0, start_after = now()')
  await expect.poll(async () => (await readQueue()).dead, patience).toHaveLength(1)
  return (await readQueue()).dead[0] as DeadLetter
}

test('shows a superuser the jobs that failed every time, with the reason', async () => {
  await aDeadLetter()

  const queue = await readQueue()

  expect(queue.dead).toMatchObject([{ kind: 'make-variants', error: 'the disk is full', attempts: 1 }])
  expect(queue.dead_count).toBe(1)
  expect(queue.kinds).toContainEqual({ kind: 'make-variants', waiting: 0, active: 0, failed: 1 })
})

test('tries one again when a superuser says so', async () => {
  const { id } = await aDeadLetter()
  isBroken = false

  const answer = await api.send(`/api/system/dead-letters/${id}/retry`, { method: 'POST', token })

  expect(answer.status).toBe(204)
  await expect.poll(() => statesOf(api, 'make-variants'), patience).toContain('completed')
  expect((await readQueue()).dead_count).toBe(0)
})

test('gives one up when a superuser says so', async () => {
  const { id } = await aDeadLetter()

  const answer = await api.send(`/api/system/dead-letters/${id}`, { method: 'DELETE', token })

  expect(answer.status).toBe(204)
  expect((await readQueue()).dead_count).toBe(0)
})

test.each([
  ['POST', `${randomUUID()}/retry`],
  ['POST', 'not-an-id/retry'],
  ['DELETE', randomUUID()],
  ['DELETE', 'not-an-id'],
])('finds no job for %s %s', async (method, path) => {
  const answer = await api.send(`/api/system/dead-letters/${path}`, { method, token })

  expectProblem(answer, 404, 'DEAD_LETTER_NOT_FOUND')
})

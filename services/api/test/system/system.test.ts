import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { bringBack, takeAway } from '@finity/kit/testing/test-database.ts'
import { afterEach, expect, test } from 'vitest'
import { startApi } from '../support/start-api.ts'

const api = await startApi({ environment: { RELEASE: '1.2.3', MEDIA_DIR: tmpdir() } })
const withoutStorage = await startApi({ environment: { MEDIA_DIR: '/dev/null/media' } })

type System = {
  version: string
  services: { name: string; status: string; version: string | null; detail: string | null }[]
  queue: { dead_count: number }
  storage: { free_bytes: number; total_bytes: number } | null
}

afterEach(() => api.issuer.setAway(false))

async function readSystem({ issuer, send } = api): Promise<System> {
  const token = await issuer.sign(randomUUID(), { superuser: true })
  const { body } = await send('/api/system', { token })
  return body as System
}

async function failing(system: Promise<System>): Promise<string[]> {
  const { services } = await system
  return services.filter(({ status }) => status === 'failing').map(({ name }) => name)
}

test('tells a superuser what runs, and that all of it is well', async () => {
  await api.context.jobQueue.open()

  const system = await readSystem()

  expect(system.version).toBe('1.2.3')
  expect(system.services).toEqual([
    { name: 'api', status: 'ok', version: '1.2.3', detail: null },
    { name: 'auth', status: 'ok', version: null, detail: null },
    { name: 'database', status: 'ok', version: expect.stringMatching(/^\d+\.\d+/), detail: null },
    { name: 'queue', status: 'ok', version: null, detail: null },
    { name: 'storage', status: 'ok', version: null, detail: null },
  ])
})

test('tells how much space the storage has', async () => {
  const { storage } = await readSystem()

  expect(storage?.free_bytes).toBeGreaterThan(0)
  expect(storage?.total_bytes).toBeGreaterThanOrEqual(storage?.free_bytes ?? 0)
})

test('tells that the queue is not open yet', async () => {
  const { services } = await readSystem(withoutStorage)

  expect(services[3]).toMatchObject({ name: 'queue', status: 'failing', detail: 'It is not open yet.' })
})

test('tells that auth fails, and goes on without it', async () => {
  const token = await api.issuer.sign(randomUUID(), { superuser: true })
  await api.send('/api/system', { token })
  api.issuer.setAway(true)

  const { body } = await api.send('/api/system', { token })

  expect((body as System).services[1]).toEqual({
    name: 'auth',
    status: 'failing',
    version: null,
    detail: 'It answers 500.',
  })
})

test('tells that there is no storage, and shows no path', async () => {
  const system = await readSystem(withoutStorage)

  expect(system.storage).toBeNull()
  expect(system.services[4]).toMatchObject({ status: 'failing', detail: 'It cannot be reached.' })
})

test('tells that the database fails, and recovers by itself', async () => {
  await api.context.jobQueue.open()
  await readSystem()
  await takeAway(api.database)

  const away = await failing(readSystem())
  await bringBack(api.database)

  expect(away).toEqual(['database', 'queue'])
  await expect.poll(() => failing(readSystem()), { timeout: 10_000 }).toEqual([])
})

test.each([
  ['GET', '/api/system'],
  ['GET', '/api/system/backups'],
  ['POST', `/api/system/dead-letters/${randomUUID()}/retry`],
  ['DELETE', `/api/system/dead-letters/${randomUUID()}`],
])('refuses %s %s to everybody else', async (method, path) => {
  const ordinary = await api.send(path, { method, token: await api.issuer.sign(randomUUID()) })
  const stranger = await api.send(path, { method })

  expectProblem(ordinary, 403, 'Forbidden')
  expectProblem(stranger, 401, 'Unauthorized')
})

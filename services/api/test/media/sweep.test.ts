import { Readable } from 'node:stream'
import { portOf } from '@finity/kit/testing/port-of.ts'
import { startProcess } from '@finity/kit/testing/start-process.ts'
import { expect, onTestFinished, test } from 'vitest'
import { aStranger } from '../support/documents.ts'
import { aMedium, nothing, whatIsThere } from '../support/media.ts'
import { aSlowUpload } from '../support/slow-upload.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const main = new URL('../../src/main.ts', import.meta.url).pathname
const patience = { timeout: 10_000 }
const hour = 3_600_000
const beginning = new Uint8Array(100_000).fill(0x61)

/** The whole service once more, in a process that can be killed. */
async function anotherProcess() {
  const service = startProcess(main, {
    DATABASE_URL: api.database.url,
    JWKS_URL: api.issuer.jwksUrl,
    MEDIA_DIR: api.context.storage.root,
    HOST: '127.0.0.1',
    PORT: '0',
    METRICS_PORT: '0',
  })
  onTestFinished(() => service.signal('SIGKILL'))
  return { ...service, url: `http://127.0.0.1:${portOf(await service.says('"listening"'))}` }
}

async function sweepAt(now: Date): Promise<void> {
  api.setClock(now)
  const before = await finished()
  await api.sendJob('sweep-media', {})
  await expect.poll(finished, patience).toBeGreaterThan(before)
  api.setClock(null)
}

async function finished(): Promise<number> {
  const [row] = await api.query<{ count: number }>(
    `select count(*)::int from pgboss.job where name = 'sweep-media' and state = 'completed'`,
  )
  return row?.count ?? 0
}

const inHours = (hours: number) => new Date(Date.now() + hours * hour)

api.startWork()

test('sweeps away what a killed process left of an upload, after an hour', async () => {
  const service = await anotherProcess()
  const sending = await aSlowUpload(service, await aStranger(api), 1_000_000)
  await sending.send(beginning)
  await expect
    .poll(() => whatIsThere(api), patience)
    .toMatchObject({ rows: 1, usage: 1_000_000, files: [expect.any(String)] })
  service.signal('SIGKILL')
  await service.exitCode

  await sweepAt(inHours(0.9))
  const before = await whatIsThere(api)
  await sweepAt(inHours(1.1))

  expect(before).toMatchObject({ rows: 1, usage: 1_000_000 })
  expect(await whatIsThere(api)).toEqual(nothing)
})

test('leaves an upload alone that began long ago and still gets bytes', async () => {
  const sending = await aSlowUpload(api, await aStranger(api), 200_000)
  await sending.send(beginning)
  await expect.poll(() => whatIsThere(api), patience).toMatchObject({ rows: 1 })
  await api.query(`update media set created_at = now() - interval '2 hours'`)

  await sweepAt(new Date())
  await sending.send(beginning)

  expect((await sending.answer).status).toBe(201)
})

test('removes a file that no row knows, after an hour, and nothing else', async () => {
  const medium = await aMedium(api, await aStranger(api), 'kept')
  const { storage } = api.context
  const lost = '01890000-0000-7000-8000-0000000000ff'
  await storage.write(lost, 'original', Readable.from([Buffer.from('lost')]))

  await sweepAt(inHours(0.9))
  const before = await storage.changedAt(lost)
  await sweepAt(inHours(1.1))

  expect(before).not.toBeNull()
  expect(await storage.changedAt(lost)).toBeNull()
  expect(await storage.changedAt(medium.id)).not.toBeNull()
})

test('keeps the bytes of a deleted medium for a day, and no longer', async () => {
  const token = await aStranger(api)
  const { id } = await aMedium(api, token, 'deleted')
  await api.send(`/api/media/${id}`, { method: 'DELETE', token })

  await sweepAt(inHours(23.9))
  const before = await api.send(`/api/media/${id}/restore`, { method: 'POST', token })
  await api.send(`/api/media/${id}`, { method: 'DELETE', token })
  await sweepAt(inHours(24.1))

  const after = await api.send(`/api/media/${id}`, { token })
  expect([before.status, after.status]).toEqual([200, 404])
  expect(await api.context.storage.changedAt(id)).toBeNull()
})

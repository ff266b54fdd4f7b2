import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { anAccountWithThings, tablesWith } from '../support/accounts.ts'
import { letTimeCome } from '../support/jobs.ts'
import { startApi } from '../support/start-api.ts'

const mediaDir = await mkdtemp(join(tmpdir(), 'finity-media-'))
afterAll(() => rm(mediaDir, { recursive: true }))
const api = await startApi({ environment: { MEDIA_DIR: mediaDir } })
const patience = { timeout: 20_000 }
const everything = ['document', 'idempotency_key', 'media', 'subscription', 'usage']

afterEach(() => api.issuer.setAway(false))

test('erases all that belonged to an account that was deleted while the service was down', async () => {
  const accountId = await anAccountWithThings(api)
  const before = await tablesWith(api, accountId)
  api.issuer.deleteAccount(accountId)

  api.startWork()

  expect(before).toEqual(everything)
  await expect.poll(() => tablesWith(api, accountId), patience).toEqual([])
})

test('erases nothing of anybody else', async () => {
  const [kept, deleted] = [await anAccountWithThings(api), await anAccountWithThings(api)]

  api.issuer.deleteAccount(deleted)
  await expect.poll(() => tablesWith(api, deleted), patience).toEqual([])

  expect(await tablesWith(api, kept)).toEqual(everything)
})

test('erases also what was still written at that moment, twenty minutes later', async () => {
  const accountId = await anAccountWithThings(api)
  api.issuer.deleteAccount(accountId)
  await expect.poll(() => tablesWith(api, accountId), patience).toEqual([])
  await api.query('insert into usage (account_id, documents) values ($1, 1)', accountId)

  const [job] = await api.query<{ minutes: number }>(
    `select extract(epoch from start_after - now())::float / 60 as minutes from pgboss.job
     where state = 'created' and data->>'accountId' = $1`,
    accountId,
  )
  await letTimeCome(api)

  expect(job?.minutes).toBeGreaterThan(19)
  await expect.poll(() => tablesWith(api, accountId), patience).toEqual([])
})

/** The files, whatever folders they are in. */
async function files(): Promise<string[]> {
  const entries = await readdir(mediaDir, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

test('erases the bytes of media with the next sweep', async () => {
  const accountId = randomUUID()
  const token = await api.issuer.sign(accountId)
  await api.send('/api/media?name=a.txt', { token, raw: { body: 'hello', type: 'text/plain' } })
  const before = await files()
  api.issuer.deleteAccount(accountId)
  await expect.poll(() => tablesWith(api, accountId), patience).toEqual([])

  api.setClock(new Date(Date.now() + 2 * 3_600_000))
  await api.sendJob('sweep-media', {})

  await expect.poll(files, patience).toEqual([])
  api.setClock(null)
  expect(before).toEqual(['original'])
})

test('erases once auth answers again', async () => {
  const accountId = await anAccountWithThings(api)
  api.issuer.setAway(true)
  api.issuer.deleteAccount(accountId)
  await expect.poll(api.log, patience).toContain('the list of deleted accounts was answered with 500')

  api.issuer.setAway(false)

  await expect.poll(() => tablesWith(api, accountId), patience).toEqual([])
})

test('erases thousands of documents', async () => {
  const accountId = await anAccountWithThings(api, 5_000)

  api.issuer.deleteAccount(accountId)

  await expect.poll(() => tablesWith(api, accountId), patience).toEqual([])
})

test('notes when all of it was gone', async () => {
  const accountId = await anAccountWithThings(api)

  api.issuer.deleteAccount(accountId)

  const erasedAt = async () => {
    const rows = await api.query<{ erased_at: Date | null }>(
      'select erased_at from deleted_account where account_id = $1',
      accountId,
    )
    return rows[0]?.erased_at ?? null
  }
  await expect.poll(erasedAt, patience).toBeInstanceOf(Date)
  expect(await tablesWith(api, accountId)).toEqual([])
})

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { anAccountWithThings, tablesWith } from '../support/accounts.ts'
import { letTimeCome } from '../support/jobs.ts'
import { type Api, startApi } from '../support/start-api.ts'

const [long, shorter, grown] = [await startApi(), await startApi(), await startApi()]
const patience = { timeout: 20_000 }

/** How many jobs wait that erase an account. */
async function waitingFor({ query }: Api, accountId: string): Promise<number> {
  const jobs = await query(
    `select 1 from pgboss.job where state in ('created', 'retry', 'active') and data->>'accountId' = $1`,
    accountId,
  )
  return jobs.length
}

test('reads a list of several pages to its end', async () => {
  for (let time = 0; time < 2_500; time += 1) long.issuer.deleteAccount(randomUUID())
  const last = randomUUID()
  long.issuer.deleteAccount(last)

  long.startWork()

  await expect.poll(() => waitingFor(long, last), patience).toBe(2)
})

test("begins anew when auth's database was restored, and erases nothing of an account that came back", async () => {
  const [back, deleted] = [randomUUID(), await anAccountWithThings(shorter)]
  for (const accountId of [randomUUID(), back]) shorter.issuer.deleteAccount(accountId)
  shorter.startWork()
  await expect.poll(() => waitingFor(shorter, back), patience).toBe(1)

  shorter.issuer.forgetDeletedAccounts()
  shorter.issuer.deleteAccount(deleted)
  await expect.poll(() => tablesWith(shorter, deleted), patience).toEqual([])
  await shorter.query('insert into usage (account_id, documents) values ($1, 1)', back)
  await letTimeCome(shorter)

  await expect.poll(() => waitingFor(shorter, back), patience).toBe(0)
  expect(await tablesWith(shorter, back)).toEqual(['usage'])
})

test("misses no account when auth's list has grown past its old end since a restore", async () => {
  const [old, missed] = [randomUUID(), await anAccountWithThings(grown)]
  grown.issuer.deleteAccount(old)
  grown.startWork()
  await expect.poll(() => waitingFor(grown, old), patience).toBe(1)

  grown.issuer.forgetDeletedAccounts()
  for (const accountId of [missed, randomUUID()]) grown.issuer.deleteAccount(accountId)

  await expect.poll(() => tablesWith(grown, missed), patience).toEqual([])
})

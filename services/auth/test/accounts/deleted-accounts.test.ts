import pg from 'pg'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { aRegisteredAccount, aSuperuser, aTokenOf } from '../support/accounts.ts'
import { somebodyWaits } from '../support/somebody-waits.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const admin = await aTokenOf(auth, await aSuperuser(auth))
const other = new pg.Client(auth.database.url)
await other.connect()
afterAll(() => other.end())
beforeEach(() => auth.query('truncate deleted_account restart identity'))

type List = { items: { position: number; account_id: string; deleted_at: string }[]; position: number }

async function listAfter(position: number): Promise<List> {
  const { body } = await auth.send(`/.well-known/deleted-accounts.json?after=${position}`)
  return body as List
}

function remove(id: string) {
  return auth.send(`/users/${id}`, { method: 'DELETE', token: admin })
}

test('tells other services which accounts were deleted, in their order', async () => {
  const [first, second] = [await aRegisteredAccount(auth), await aRegisteredAccount(auth)]
  await remove(first.id)
  await remove(second.id)

  const list = await listAfter(0)

  expect(list).toMatchObject({
    items: [
      { position: 1, account_id: first.id },
      { position: 2, account_id: second.id },
    ],
    position: 2,
  })
})

test('tells those after a position, and where the list ends', async () => {
  for (let time = 0; time < 3; time += 1) await remove((await aRegisteredAccount(auth)).id)

  const rest = await listAfter(2)
  const nothing = await listAfter(3)

  expect(rest.items.map(({ position }) => position)).toEqual([3])
  expect(nothing).toEqual({ items: [], position: 3 })
})

test('tells a thousand at once', async () => {
  await auth.query(`insert into deleted_account (account_id, deleted_at)
                    select gen_random_uuid(), now() from generate_series(1, 1001)`)

  const first = await listAfter(0)
  const second = await listAfter(first.items.at(-1)?.position ?? 0)

  expect([first.items.length, first.position, second.items.length]).toEqual([1_000, 1_001, 1])
})

test('tells also of an account that was deleted past the service', async () => {
  const { id } = await aRegisteredAccount(auth)

  await auth.query('delete from "user" where id = $1', id)

  expect((await listAfter(0)).items).toMatchObject([{ account_id: id }])
})

test('tells of no deletion before an earlier one is told, however they commit', async () => {
  const [slow, quick] = [await aRegisteredAccount(auth), await aRegisteredAccount(auth)]
  await other.query('begin')
  await other.query('delete from "user" where id = $1', [slow.id])

  const removing = remove(quick.id)
  await expect.poll(() => somebodyWaits(auth)).toBe(true)
  const before = await listAfter(0)
  await other.query('commit')
  await removing
  const after = await listAfter(0)

  expect(before.items).toEqual([])
  expect(after.items.map(({ account_id }) => account_id)).toEqual([slow.id, quick.id])
})

test('tells of no deletion that was taken back', async () => {
  const [kept, removed] = [await aRegisteredAccount(auth), await aRegisteredAccount(auth)]
  await other.query('begin')
  await other.query('delete from "user" where id = $1', [kept.id])
  await other.query('rollback')

  await remove(removed.id)

  expect((await listAfter(0)).items).toMatchObject([{ account_id: removed.id }])
})

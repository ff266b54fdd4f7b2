import { randomUUID } from 'node:crypto'
import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aRegisteredAccount, aSuperuser, aTokenOf } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const admin = await aTokenOf(auth, await aSuperuser(auth))

type Listed = { id: string; email: string; created_at: string; sessions: number }
type Page = { items: Listed[]; next_cursor: string | null }

async function listed(query: string): Promise<Page> {
  const { body } = await auth.send(`/users?${query}`, { token: admin })
  return body as Page
}

test('lists accounts to a superuser, newest first', async () => {
  const part = randomUUID()
  const first = await aRegisteredAccount(auth, `first-${part}@example.com`)
  const second = await aRegisteredAccount(auth, `second-${part}@example.com`)

  const { items } = await listed(`q=${part}`)

  const flags = { is_active: true, is_superuser: false, is_verified: false, sessions: 0 }
  expect(items).toMatchObject([
    { id: second.id, email: second.email, ...flags },
    { id: first.id, email: first.email, ...flags },
  ])
})

test('counts the sessions that live', async () => {
  const account = await aRegisteredAccount(auth)
  for (const end of ["now() + interval '1 day'", "now() + interval '1 day'", "now() - interval '1 second'"]) {
    await aTokenOf(auth, account)
    await auth.query(
      `update session set expires_at = ${end}
       where id = (select id from session where user_id = $1 order by created_at desc limit 1)`,
      account.id,
    )
  }

  const { items } = await listed(`q=${account.email}`)

  expect(items).toMatchObject([{ id: account.id, sessions: 2 }])
})

test('pages through them without a gap, also where accounts were made at the same moment', async () => {
  const part = randomUUID()
  await auth.query(
    `insert into "user" (email, hashed_password, created_at)
     select number || '-${part}@example.com', '!', '2026-01-01' from generate_series(1, 5) number`,
  )

  const pages: Page[] = [await listed(`limit=2&q=${part}`)]
  while (pages.at(-1)?.next_cursor)
    pages.push(await listed(`limit=2&q=${part}&cursor=${pages.at(-1)?.next_cursor}`))

  expect(pages.map(({ items }) => items.length)).toEqual([2, 2, 1])
  expect(new Set(pages.flatMap(({ items }) => items.map(({ id }) => id))).size).toBe(5)
})

test('finds accounts by a part of the address, whatever its case', async () => {
  const part = randomUUID()
  const { id } = await aRegisteredAccount(auth, `Ada-${part}@example.com`)

  const { items } = await listed(`q=ada-${part.toUpperCase()}`)

  expect(items).toMatchObject([{ id }])
})

test.each(['%', '_', '\\'])('takes %s in a search for what it is', async (letter) => {
  const part = randomUUID()
  await aRegisteredAccount(auth, `a-${part}@example.com`)

  const { items } = await listed(`q=${encodeURIComponent(`${letter}-${part}`)}`)

  expect(items).toEqual([])
})

test('refuses a cursor that is none', async () => {
  const answer = await auth.send('/users?cursor=abc', { token: admin })

  expectFault(answer, 'value_error', ['query', 'cursor'])
})

test.each([
  ['GET', '/users'],
  ['DELETE', '/users/7d6bbf1c-62bb-4c55-8a7b-9c3e6f5a0d11/sessions'],
])('refuses %s %s by an account that is no superuser', async (method, path) => {
  const token = await aTokenOf(auth, await aRegisteredAccount(auth))

  const answer = await auth.send(path, { method, token })

  expectProblem(answer, 403, 'Forbidden')
})

test('refuses to list accounts to a stranger', async () => {
  const answer = await auth.send('/users')

  expectProblem(answer, 401, 'Unauthorized')
})

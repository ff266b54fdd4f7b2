import { expect, test } from 'vitest'
import {
  anAddress,
  aRegisteredAccount,
  aSessionOf,
  aSuperuser,
  aTokenOf,
  refresh,
  signIn,
} from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth({ TRUSTED_PROXY_HOPS: '1' })

type Event = { id: string; kind: string; device: string; address: string; by_admin: boolean }
type Page = { items: Event[]; next: string | null }

async function eventsOf(token: string, query = ''): Promise<Page> {
  const { body } = await auth.send(`/auth/security-events${query}`, { token })
  return body as Page
}

test('shows what happened, newest first, with device and address', async () => {
  const account = await aRegisteredAccount(auth)
  const from = { headers: { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'curl/8.1' } }
  await signIn(auth, { ...account, password: 'not the password' }, from)

  const { items } = await eventsOf(await aTokenOf(auth, account))

  expect(items.map(({ kind }) => kind)).toEqual(['sign-in', 'sign-in-failed', 'account-registered'])
  expect(items[1]).toMatchObject({ device: 'curl', address: '203.0.113.9', by_admin: false })
})

test('notes a stolen refresh token', async () => {
  const account = await aRegisteredAccount(auth)
  const { refreshCookie } = await aSessionOf(auth, account)
  await auth.query("update session set token_hash = sha256('other') where user_id = $1", account.id)

  await refresh(auth, refreshCookie)

  const { items } = await eventsOf(await aTokenOf(auth, account))
  expect(items.map(({ kind }) => kind)).toContain('refresh-token-reused')
})

test('says that an administrator did it, and not from where', async () => {
  const account = await aRegisteredAccount(auth)
  const admin = await aTokenOf(auth, await aSuperuser(auth))
  await auth.send(`/users/${account.id}`, { method: 'PATCH', token: admin, json: { is_verified: true } })

  const { items } = await eventsOf(await aTokenOf(auth, account))

  expect(items).toContainEqual(
    expect.objectContaining({ kind: 'account-changed-by-admin', by_admin: true, device: '', address: '' }),
  )
})

test("shows nobody else's events", async () => {
  await signIn(auth, { email: anAddress(), password: 'any password' })
  await aTokenOf(auth, await aRegisteredAccount(auth))

  const { items } = await eventsOf(await aTokenOf(auth, await aRegisteredAccount(auth)))

  expect(items).toHaveLength(2)
})

test('pages through them without a gap', async () => {
  const account = await aRegisteredAccount(auth)
  for (let time = 0; time < 4; time += 1) await aTokenOf(auth, account)
  const token = await aTokenOf(auth, account)

  const first = await eventsOf(token, '?limit=4')
  const second = await eventsOf(token, `?limit=4&before=${first.next}`)

  const ids = [...first.items, ...second.items].map(({ id }) => id)
  expect([first.items.length, second.items.length, second.next]).toEqual([4, 2, null])
  expect(ids).toEqual([...new Set(ids)].sort().reverse())
})

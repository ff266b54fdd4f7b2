import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import {
  anAddress,
  aRegisteredAccount,
  aSessionOf,
  aSuperuser,
  aTokenOf,
  refresh,
  signIn,
  type TestAccount,
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

type Actor = { account: TestAccount; token: string; otherId: string }

async function anOtherSessionOf(account: TestAccount): Promise<string> {
  const { sid } = decodeJwt(await aTokenOf(auth, account))
  return sid as string
}

const patchMe = (token: string, json: unknown) => auth.send('/users/me', { method: 'PATCH', token, json })

const deeds: Record<string, (actor: Actor) => Promise<unknown>> = {
  'signed-out': ({ token }) => auth.send('/auth/jwt/logout', { method: 'POST', token }),
  'session-ended': ({ token, otherId }) =>
    auth.send(`/auth/sessions/${otherId}`, { method: 'DELETE', token }),
  'password-changed': ({ token }) => patchMe(token, { password: 'another horse battery' }),
  'address-changed': ({ token }) => patchMe(token, { email: anAddress() }),
  'address-verified': async ({ account }) =>
    auth.send('/auth/verify', { json: { token: await auth.context.links.issue(account.id, 'verify') } }),
  'password-reset': async ({ account }) => {
    const token = await auth.context.links.issue(account.id, 'reset')
    return auth.send('/auth/reset-password', { json: { token, password: 'another horse battery' } })
  },
}

test.each(Object.entries(deeds))('notes once: %s', async (kind, act) => {
  const account = await aRegisteredAccount(auth)
  const actor = { account, token: await aTokenOf(auth, account), otherId: await anOtherSessionOf(account) }

  await act(actor)

  const rows = await auth.query(
    'select actor_id from security_event where user_id = $1 and kind = $2',
    account.id,
    kind,
  )
  expect(rows).toEqual([{ actor_id: null }])
})

test('notes the end of all other sessions, and nothing when there was none', async () => {
  const account = await aRegisteredAccount(auth)
  const token = await aTokenOf(auth, account)
  const endOthers = () => auth.send('/auth/sessions', { method: 'DELETE', token })
  await endOthers()
  await anOtherSessionOf(account)

  await endOthers()

  const { items } = await eventsOf(token)
  expect(items.filter(({ kind }) => kind === 'session-ended')).toHaveLength(1)
})

test.each([
  ['password-changed', { password: 'another horse battery' }],
  ['address-changed', { email: anAddress() }],
  ['account-changed-by-admin', { is_superuser: true }],
])('hides from where an administrator did this, in the list and in the mail: %s', async (kind, json) => {
  const account = await aRegisteredAccount(auth)
  const admin = await aTokenOf(auth, await aSuperuser(auth))
  const headers = { 'x-forwarded-for': '203.0.113.200', 'user-agent': 'admin-client/1' }
  await auth.send(`/users/${account.id}`, { method: 'PATCH', token: admin, json, headers })

  const events = await auth.context.events.listEvents(account.id, { limit: 10 })
  const mails = await auth.query(
    'select facts from outbox_mail where recipient = $1 and kind = $2',
    account.email,
    kind,
  )

  expect(events[0]).toMatchObject({ kind, actorId: expect.any(String) })
  expect(JSON.stringify(mails)).not.toMatch(/203\.0\.113\.200|admin-client/)
})

test('cuts the name of a device', async () => {
  const account = await aRegisteredAccount(auth)

  await signIn(auth, account, { headers: { 'user-agent': 'x'.repeat(2_000) } })

  const [row] = await auth.query<{ device: string }>(
    'select device from session where user_id = $1',
    account.id,
  )
  expect(row?.device).toBe('x'.repeat(100))
})

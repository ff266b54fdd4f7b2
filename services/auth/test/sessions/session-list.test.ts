import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aRegisteredAccount, aSessionOf, refresh } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth({ TRUSTED_PROXY_HOPS: '1' })

const phone = {
  'user-agent':
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  'x-forwarded-for': '203.0.113.9',
}

type Listed = { id: string; device: string; address: string; is_current: boolean }

async function listed(token: string): Promise<Listed[]> {
  const { body } = await auth.send('/auth/sessions', { token })
  return (body as { items: Listed[] }).items
}

test('lists where an account is signed in, with device and address, and says which one asks', async () => {
  const account = await aRegisteredAccount(auth)
  await aSessionOf(auth, account, { headers: phone })
  const { token } = await aSessionOf(auth, account, { headers: { 'user-agent': 'curl/8.1' } })

  const sessions = await listed(token)

  expect(sessions).toMatchObject([
    { device: 'curl', is_current: true },
    { device: 'Chrome on Android', address: '203.0.113.9', is_current: false },
  ])
})

test('lets an account have as many sessions as its owner begins, and ends none by itself', async () => {
  const account = await aRegisteredAccount(auth)
  const first = await aSessionOf(auth, account)
  for (let time = 0; time < 11; time += 1) await aSessionOf(auth, account)

  const sessions = await listed(first.token)

  expect(sessions).toHaveLength(12)
  expect((await refresh(auth, first.refreshCookie)).status).toBe(200)
})

test("shows nobody else's sessions", async () => {
  await aSessionOf(auth, await aRegisteredAccount(auth))
  const { token } = await aSessionOf(auth, await aRegisteredAccount(auth))

  expect(await listed(token)).toHaveLength(1)
})

test('ends one session at once', async () => {
  const account = await aRegisteredAccount(auth)
  const lost = await aSessionOf(auth, account)
  const { token } = await aSessionOf(auth, account)
  const id = (await listed(token)).find(({ is_current }) => !is_current)?.id

  const answer = await auth.send(`/auth/sessions/${id}`, { method: 'DELETE', token })

  const access = await auth.send('/users/me', { token: lost.token })
  const refreshed = await refresh(auth, lost.refreshCookie)
  expect([answer.status, access.status, refreshed.status]).toEqual([204, 401, 401])
})

test("does not end another account's session", async () => {
  const stranger = await aSessionOf(auth, await aRegisteredAccount(auth))
  const [target] = await listed(stranger.token)
  const { token } = await aSessionOf(auth, await aRegisteredAccount(auth))

  const answer = await auth.send(`/auth/sessions/${target?.id}`, { method: 'DELETE', token })

  expectProblem(answer, 404, 'SESSION_NOT_FOUND')
  expect((await auth.send('/users/me', { token: stranger.token })).status).toBe(200)
})

test('ends all sessions but the one that asks', async () => {
  const account = await aRegisteredAccount(auth)
  const others = [await aSessionOf(auth, account), await aSessionOf(auth, account)]
  const { token } = await aSessionOf(auth, account)

  const answer = await auth.send('/auth/sessions', { method: 'DELETE', token })

  expect(answer).toMatchObject({ status: 200, body: { ended: 2 } })
  for (const other of others) expect((await refresh(auth, other.refreshCookie)).status).toBe(401)
  expect(await listed(token)).toHaveLength(1)
})

test('signs out on the server: neither token works afterwards, and the cookie is gone', async () => {
  const { token, refreshCookie } = await aSessionOf(auth, await aRegisteredAccount(auth))

  const answer = await auth.send('/auth/jwt/logout', { method: 'POST', token })

  const access = await auth.send('/users/me', { token })
  const refreshed = await refresh(auth, refreshCookie)
  expect([answer.status, answer.body, access.status, refreshed.status]).toEqual([204, '', 401, 401])
  expect(answer.headers.getSetCookie()[0]).toMatch(/^finity-refresh=; Max-Age=0/)
})

test('refuses to sign out a stranger', async () => {
  const answer = await auth.send('/auth/jwt/logout', { method: 'POST' })

  expectProblem(answer, 401, 'Unauthorized')
})

test('lists no session that is over', async () => {
  const account = await aRegisteredAccount(auth)
  for (const change of [
    "expires_at = now() - interval '1 second'",
    "refreshed_at = now() - interval '15 days'",
  ]) {
    await aSessionOf(auth, account)
    await auth.query(
      `update session set ${change} where id = (select id from session where user_id = $1 order by created_at desc limit 1)`,
      account.id,
    )
  }
  const { token } = await aSessionOf(auth, account)

  expect(await listed(token)).toMatchObject([{ is_current: true }])
})

test('shows from where a session was used last', async () => {
  const { token, refreshCookie } = await aSessionOf(auth, await aRegisteredAccount(auth))

  await refresh(auth, refreshCookie, { 'x-forwarded-for': '203.0.113.44' })

  expect(await listed(token)).toMatchObject([{ address: '203.0.113.44' }])
})

import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { createCookieJar } from '../../src/sessions/cookies.ts'
import {
  aRegisteredAccount,
  aSessionOf,
  cookieIn,
  refresh,
  signIn,
  type TestAccount,
  tokenIn,
} from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const account = await aRegisteredAccount(auth)
const start = new Date('2030-01-01T00:00:00Z')

function at(seconds: number): void {
  auth.setClock(new Date(start.getTime() + seconds * 1_000))
}

async function aRefreshedCookie(cookie: string): Promise<string> {
  return cookieIn(await refresh(auth, cookie), 'finity-refresh')
}

test('keeps the refresh token where no script and no other site reaches it', async () => {
  const answer = await signIn(auth, account)

  const [cookie] = answer.headers.getSetCookie()
  expect(cookie).toMatch(
    /^finity-refresh=[\w-]{22}\.[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Strict$/,
  )
})

test('binds its cookies to this very host and to TLS, in production', () => {
  const jar = createCookieJar({ ...auth.context.config, isProduction: true })

  const cookies = [jar.writeRefreshToken('x'), jar.writeDeviceToken('x'), jar.clearRefreshToken()]

  for (const cookie of cookies)
    expect(cookie).toMatch(/^__Host-finity-\w+=x?; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
})

test('trades a refresh token for an access token that works and another refresh token', async () => {
  const { refreshCookie } = await aSessionOf(auth, account)

  const answer = await refresh(auth, refreshCookie)

  const own = await auth.send('/users/me', { token: tokenIn(answer) })
  expect([answer.status, own.status]).toEqual([200, 200])
  expect(cookieIn(answer, 'finity-refresh')).not.toBe(refreshCookie)
})

test('stores neither half of a refresh token', async () => {
  const { refreshCookie } = await aSessionOf(auth, account)

  const stored = JSON.stringify(await auth.query('select * from session'), (_key, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64url') : value,
  )

  for (const half of (refreshCookie.split('=')[1] ?? '').split('.')) expect(stored).not.toContain(half)
})

test('gives the same successor again within the reuse interval, so that a lost answer signs nobody out', async () => {
  at(0)
  const { refreshCookie } = await aSessionOf(auth, account)
  const first = await aRefreshedCookie(refreshCookie)

  at(10)
  const again = await aRefreshedCookie(refreshCookie)
  const next = await refresh(auth, first)

  auth.setClock(null)
  expect([again, next.status]).toEqual([first, 200])
})

test('ends the session when a token is used again after the reuse interval', async () => {
  at(0)
  const { refreshCookie } = await aSessionOf(auth, account)
  const successor = await refresh(auth, refreshCookie)

  at(11)
  const reused = await refresh(auth, refreshCookie)
  const afterwards = await refresh(auth, cookieIn(successor, 'finity-refresh'))
  const access = await auth.send('/users/me', { token: tokenIn(successor) })

  auth.setClock(null)
  expectProblem(reused, 401, 'Unauthorized')
  expect(reused.headers.getSetCookie()[0]).toContain('Max-Age=0')
  expect([afterwards.status, access.status]).toEqual([401, 401])
})

test('ends the session when its very first token comes back after three rotations', async () => {
  const { refreshCookie } = await aSessionOf(auth, account)
  const second = await aRefreshedCookie(refreshCookie)
  const third = await aRefreshedCookie(second)
  const fourth = await aRefreshedCookie(third)

  const reused = await refresh(auth, refreshCookie)

  const afterwards = await refresh(auth, fourth)
  expect([reused.status, afterwards.status]).toEqual([401, 401])
})

test('ends the session of a browser that signs in anew', async () => {
  const { refreshCookie } = await aSessionOf(auth, account)

  await signIn(auth, account, { headers: { cookie: refreshCookie } })

  expect((await refresh(auth, refreshCookie)).status).toBe(401)
})

test('leaves the other sessions alone when one is stolen', async () => {
  const other = await aSessionOf(auth, account)
  const { refreshCookie } = await aSessionOf(auth, account)
  await aRefreshedCookie(await aRefreshedCookie(refreshCookie))

  await refresh(auth, refreshCookie)

  expect((await refresh(auth, other.refreshCookie)).status).toBe(200)
})

test('lets exactly one branch live when many tabs refresh at once', async () => {
  const { refreshCookie } = await aSessionOf(auth, account)

  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(auth, refreshCookie)))

  const successors = new Set(answers.map((answer) => cookieIn(answer, 'finity-refresh')))
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
  expect(successors.size).toBe(1)
})

test('ends an idle session after two weeks', async () => {
  at(0)
  const idle = await aSessionOf(auth, account)

  at(14 * 86_400 + 1)
  const answer = await refresh(auth, idle.refreshCookie)

  auth.setClock(null)
  expect(answer.status).toBe(401)
})

test('ends a session after its absolute lifetime, however much it is used', async () => {
  at(0)
  const { refreshCookie } = await aSessionOf(auth, account)
  let cookie = refreshCookie
  for (let day = 10; day <= 80; day += 10) {
    at(day * 86_400)
    cookie = await aRefreshedCookie(cookie)
  }

  at(90 * 86_400)
  const answer = await refresh(auth, cookie)

  auth.setClock(null)
  expect(cookie).not.toBe('')
  expect(answer.status).toBe(401)
})

test.each([
  ['no cookie', ''],
  ['a token of another form', 'finity-refresh=abc'],
  ['a token that nobody issued', `finity-refresh=${'a'.repeat(22)}.${'b'.repeat(43)}`],
  ['an access token', 'finity-refresh=a.b.c'],
])('refuses %s', async (_case, cookie) => {
  const answer = await refresh(auth, cookie)

  expectProblem(answer, 401, 'Unauthorized')
})

test('refuses an account that was deactivated', async () => {
  const someone = await aRegisteredAccount(auth)
  const { refreshCookie } = await aSessionOf(auth, someone)
  await auth.query('update "user" set is_active = false where id = $1', someone.id)

  const answer = await refresh(auth, refreshCookie)

  expect(answer.status).toBe(401)
})

function theftsOf({ id }: TestAccount) {
  return auth.query("select 1 from security_event where user_id = $1 and kind = 'refresh-token-reused'", id)
}

test.each([
  ['belongs to a deactivated account', 'update "user" set is_active = false where id = $1'],
  ['has reached its end', "update session set expires_at = now() - interval '1 second' where user_id = $1"],
])('gives no successor again when the session %s, and calls that no theft', async (_case, sql) => {
  const someone = await aRegisteredAccount(auth)
  const { refreshCookie } = await aSessionOf(auth, someone)
  await refresh(auth, refreshCookie)
  await auth.query(sql, someone.id)

  const again = await refresh(auth, refreshCookie)

  expect(again.status).toBe(401)
  expect(await theftsOf(someone)).toEqual([])
})

test('takes the last token of a session that was idle too long for no theft', async () => {
  const someone = await aRegisteredAccount(auth)
  const { refreshCookie } = await aSessionOf(auth, someone)
  await auth.query(
    "update session set refreshed_at = now() - interval '15 days' where user_id = $1",
    someone.id,
  )

  const answer = await refresh(auth, refreshCookie)

  expect(answer.status).toBe(401)
  expect(await theftsOf(someone)).toEqual([])
})

test('notes a theft once, however many requests bring the old token at once', async () => {
  const someone = await aRegisteredAccount(auth)
  const { refreshCookie } = await aSessionOf(auth, someone)
  await aRefreshedCookie(await aRefreshedCookie(refreshCookie))

  await Promise.all(Array.from({ length: 20 }, () => refresh(auth, refreshCookie)))

  expect(await theftsOf(someone)).toHaveLength(1)
})

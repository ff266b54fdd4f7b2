import { decodeJwt } from 'jose'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import {
  aRegisteredAccount,
  aSessionOf,
  aSuperuser,
  aTokenOf,
  refresh,
  signIn,
  tokenIn,
} from '../support/accounts.ts'
import { somebodyWaits } from '../support/somebody-waits.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const admin = await aTokenOf(auth, await aSuperuser(auth))
const other = new pg.Client(auth.database.url)
await other.connect()
afterAll(() => other.end())

function change(id: string, json: unknown) {
  return auth.send(`/users/${id}`, { method: 'PATCH', token: admin, json })
}

test('says of superusers in their access tokens what they are, and nothing of others', async () => {
  const superuser = await aTokenOf(auth, await aSuperuser(auth))
  const ordinary = await aTokenOf(auth, await aRegisteredAccount(auth))

  expect(decodeJwt(superuser).superuser).toBe(true)
  expect(decodeJwt(ordinary)).not.toHaveProperty('superuser')
})

test('says so in the next token of an account that becomes one, without a sign-in', async () => {
  const account = await aRegisteredAccount(auth)
  const { token, refreshCookie } = await aSessionOf(auth, account)

  await change(account.id, { is_superuser: true })
  const refreshed = await refresh(auth, refreshCookie)
  const repeated = await refresh(auth, refreshCookie)

  expect((await auth.send('/users/me', { token })).status).toBe(200)
  expect([refreshed, repeated].map((answer) => decodeJwt(tokenIn(answer)).superuser)).toEqual([true, true])
})

test('ends all sessions of an account that is a superuser no more', async () => {
  const account = await aSuperuser(auth)
  const { token, refreshCookie } = await aSessionOf(auth, account)

  await change(account.id, { is_superuser: false })

  const access = await auth.send('/users/me', { token })
  const refreshed = await refresh(auth, refreshCookie)
  const ended = await auth.query('select 1 from ended_session where id = $1', decodeJwt(token).sid)
  expect([access.status, refreshed.status, ended.length]).toEqual([401, 401, 1])
})

test('ends no session of an account that never was one', async () => {
  const account = await aRegisteredAccount(auth)
  const { token } = await aSessionOf(auth, account)

  await change(account.id, { is_superuser: false, is_verified: true })

  expect((await auth.send('/users/me', { token })).status).toBe(200)
})

test('calls nobody a superuser who loses that right while signing in', async () => {
  const account = await aSuperuser(auth)
  await other.query('begin')
  await other.query('update "user" set is_superuser = false where id = $1', [account.id])

  const signingIn = signIn(auth, account)
  await expect.poll(() => somebodyWaits(auth)).toBe(true)
  await other.query('commit')

  expect(decodeJwt(tokenIn(await signingIn))).not.toHaveProperty('superuser')
})

test('ends the sessions also of a superuser who became one a moment before', async () => {
  const account = await aRegisteredAccount(auth)
  const { token } = await aSessionOf(auth, account)
  await other.query('begin')
  await other.query('update "user" set is_superuser = true where id = $1', [account.id])

  const changing = change(account.id, { is_superuser: false })
  await expect.poll(() => somebodyWaits(auth)).toBe(true)
  await other.query('commit')
  await changing

  expect((await auth.send('/users/me', { token })).status).toBe(401)
})

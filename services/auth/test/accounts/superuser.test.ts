import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import {
  anAddress,
  anInactiveAccount,
  aRegisteredAccount,
  aSessionOf,
  aSuperuser,
  aTokenOf,
  refresh,
  signIn,
} from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const admin = await aTokenOf(auth, await aSuperuser(auth))
const methods = ['GET', 'PATCH', 'DELETE']

function change(id: string, json: unknown) {
  return auth.send(`/users/${id}`, { method: 'PATCH', token: admin, json })
}

test('shows any account to a superuser', async () => {
  const account = await aRegisteredAccount(auth)

  const answer = await auth.send(`/users/${account.id}`, { token: admin })

  expect(answer).toMatchObject({ status: 200, body: { id: account.id, email: account.email } })
})

test('lets a superuser set every field', async () => {
  const account = await aRegisteredAccount(auth)
  const email = anAddress()

  const answer = await change(account.id, { email, is_verified: true, is_superuser: true, is_active: true })

  expect(answer.body).toEqual({
    id: account.id,
    email,
    is_active: true,
    is_superuser: true,
    is_verified: true,
  })
})

test('lets a superuser set a password, which ends all sessions', async () => {
  const account = await aRegisteredAccount(auth)
  const session = await aSessionOf(auth, account)

  await change(account.id, { password: 'another horse battery' })

  const signedIn = await signIn(auth, { ...account, password: 'another horse battery' })
  const refreshed = await refresh(auth, session.refreshCookie)
  expect([signedIn.status, refreshed.status]).toEqual([200, 401])
})

test('ends all sessions of an account that is deactivated, at once and for good', async () => {
  const account = await aRegisteredAccount(auth)
  const session = await aSessionOf(auth, account)

  await change(account.id, { is_active: false })
  await change(account.id, { is_active: true })

  const access = await auth.send('/users/me', { token: session.token })
  const refreshed = await refresh(auth, session.refreshCookie)
  expect([access.status, refreshed.status]).toEqual([401, 401])
})

test('lets an account in again that was activated again', async () => {
  const account = await anInactiveAccount(auth)

  await change(account.id, { is_active: true })

  expect((await signIn(auth, account)).status).toBe(200)
})

test('deletes an account with all that belongs to it', async () => {
  const account = await aRegisteredAccount(auth)
  await aSessionOf(auth, account)

  const answer = await auth.send(`/users/${account.id}`, { method: 'DELETE', token: admin })

  const left = await auth.query(
    'select 1 from session where user_id = $1 union all select 1 from security_event where user_id = $1',
    account.id,
  )
  expect([answer.status, answer.body, left]).toEqual([204, '', []])
  expect((await signIn(auth, account)).status).toBe(400)
})

test.each(methods)('refuses %s by an account that is no superuser', async (method) => {
  const account = await aRegisteredAccount(auth)
  const token = await aTokenOf(auth, account)

  const answer = await auth.send(`/users/${account.id}`, { method, token })

  expectProblem(answer, 403, 'Forbidden')
})

test.each(methods)('refuses %s by a stranger before anything else', async (method) => {
  const answer = await auth.send('/users/not-an-id', { method })

  expectProblem(answer, 401, 'Unauthorized')
})

test.each([
  ['GET', '7d6bbf1c-62bb-4c55-8a7b-9c3e6f5a0d11'],
  ['DELETE', '7d6bbf1c-62bb-4c55-8a7b-9c3e6f5a0d11'],
  ['GET', 'not-an-id'],
  ['DELETE', 'not-an-id'],
])('answers %s of the unknown account %s as FastAPI Users does', async (method, id) => {
  const answer = await auth.send(`/users/${id}`, { method, token: admin })

  expectProblem(answer, 404, 'Not Found')
})

test('answers a change of an unknown account just so', async () => {
  const answer = await change('not-an-id', { is_active: false })

  expectProblem(answer, 404, 'Not Found')
})

test('sends no link to a new address that the administrator verified', async () => {
  const account = await aRegisteredAccount(auth)
  const email = anAddress()

  await change(account.id, { email, is_verified: true })

  expect(await auth.query('select kind from outbox_mail where recipient = $1', email)).toEqual([])
})

import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aRegisteredAccount, aSessionOf, aSuperuser, aTokenOf, refresh } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const admin = await aSuperuser(auth)
const adminToken = await aTokenOf(auth, admin)

function endSessionsOf(id: string) {
  return auth.send(`/users/${id}/sessions`, { method: 'DELETE', token: adminToken })
}

test('lets a superuser sign an account out everywhere, at once', async () => {
  const account = await aRegisteredAccount(auth)
  const sessions = [await aSessionOf(auth, account), await aSessionOf(auth, account)]

  const answer = await endSessionsOf(account.id)

  const access = await Promise.all(sessions.map(({ token }) => auth.send('/users/me', { token })))
  const refreshed = await Promise.all(sessions.map(({ refreshCookie }) => refresh(auth, refreshCookie)))
  expect(answer.status).toBe(204)
  expect([...access, ...refreshed].map(({ status }) => status)).toEqual([401, 401, 401, 401])
})

test('leaves the sessions of others alone', async () => {
  const other = await aTokenOf(auth, await aRegisteredAccount(auth))

  await endSessionsOf((await aRegisteredAccount(auth)).id)

  expect((await auth.send('/users/me', { token: other })).status).toBe(200)
})

test('tells the account that an administrator did it, once', async () => {
  const account = await aRegisteredAccount(auth)
  await aSessionOf(auth, account)

  await endSessionsOf(account.id)
  await endSessionsOf(account.id)

  const events = await auth.query(
    "select actor_id from security_event where user_id = $1 and kind = 'session-ended'",
    account.id,
  )
  expect(events).toEqual([{ actor_id: admin.id }])
})

test.each([
  '7d6bbf1c-62bb-4c55-8a7b-9c3e6f5a0d11',
  'not-an-id',
])('finds no sessions of the unknown account %s', async (id) => {
  const answer = await endSessionsOf(id)

  expectProblem(answer, 404, 'Not Found')
})

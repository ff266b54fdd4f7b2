import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { aRegisteredAccount, aSuperuser, aTokenOf } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const admin = await aTokenOf(auth, await aSuperuser(auth))

async function endedSessions(): Promise<string[]> {
  const { body } = await auth.send('/.well-known/ended-sessions.json')
  return (body as { ids: string[] }).ids
}

const ways: Record<string, (account: { id: string; token: string }) => Promise<unknown>> = {
  'signing out': ({ token }) => auth.send('/auth/jwt/logout', { method: 'POST', token }),
  'a deactivation': ({ id }) =>
    auth.send(`/users/${id}`, { method: 'PATCH', token: admin, json: { is_active: false } }),
  'a new password by an administrator': ({ id }) =>
    auth.send(`/users/${id}`, { method: 'PATCH', token: admin, json: { password: 'another horse battery' } }),
  'the deletion of the account': ({ id }) => auth.send(`/users/${id}`, { method: 'DELETE', token: admin }),
}

test.each(
  Object.entries(ways),
)('tells other services at once of a session that ended by %s', async (_way, end) => {
  const account = await aRegisteredAccount(auth)
  const token = await aTokenOf(auth, account)
  const before = await endedSessions()

  await end({ id: account.id, token })

  const { sid } = decodeJwt(token)
  expect(before).not.toContain(sid)
  expect(await endedSessions()).toContain(sid)
})

test('forgets them once nothing that was signed for them is good any more', async () => {
  const token = await aTokenOf(auth, await aRegisteredAccount(auth))
  await auth.send('/auth/jwt/logout', { method: 'POST', token })

  auth.setClock(new Date(Date.now() + 122 * 60_000))
  const later = await endedSessions()

  auth.setClock(null)
  expect(later).toEqual([])
})

test('remembers them as long as a token of theirs may live, or a link that another service signed', async () => {
  const token = await aTokenOf(auth, await aRegisteredAccount(auth))
  await auth.send('/auth/jwt/logout', { method: 'POST', token })

  auth.setClock(new Date(Date.now() + 120 * 60_000))
  const later = await endedSessions()

  auth.setClock(null)
  expect(later).toContain(decodeJwt(token).sid)
})

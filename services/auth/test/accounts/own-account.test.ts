import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import {
  anAddress,
  aRegisteredAccount,
  aSessionOf,
  aTokenOf,
  aVerifiedAccount,
  refresh,
  signIn,
} from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const path = '/users/me'
const newPassword = 'another horse battery'

function change(token: string, json: unknown) {
  return auth.send(path, { method: 'PATCH', token, json })
}

test('changes the password, so that the old one no longer works', async () => {
  const account = await aRegisteredAccount(auth)

  const answer = await change(await aTokenOf(auth, account), { password: newPassword })

  const old = await signIn(auth, account)
  const fresh = await signIn(auth, { ...account, password: newPassword })
  expect([answer.status, old.status, fresh.status]).toEqual([200, 400, 200])
})

test('ends all other sessions when the password changes, and keeps the one that changed it', async () => {
  const account = await aRegisteredAccount(auth)
  const other = await aSessionOf(auth, account)
  const own = await aSessionOf(auth, account)

  await change(own.token, { password: newPassword })

  const others = [await refresh(auth, other.refreshCookie), await auth.send(path, { token: other.token })]
  const kept = [await refresh(auth, own.refreshCookie), await auth.send(path, { token: own.token })]
  expect([...others, ...kept].map(({ status }) => status)).toEqual([401, 401, 200, 200])
})

test('changes the address, which loses its verification', async () => {
  const account = await aVerifiedAccount(auth)
  const email = anAddress()

  const answer = await change(await aTokenOf(auth, account), { email })

  expect(answer).toMatchObject({ status: 200, body: { email, is_verified: false } })
})

test('tells the old address of the new one, and sends the new one a link', async () => {
  const account = await aVerifiedAccount(auth)
  const email = anAddress()

  await change(await aTokenOf(auth, account), { email })

  const mails = await auth.query(
    'select kind, recipient from outbox_mail where recipient in ($1, $2) and kind <> $3 order by kind',
    account.email,
    email,
    'new-sign-in',
  )
  expect(mails).toContainEqual({ kind: 'address-changed', recipient: account.email })
  expect(mails).toContainEqual({ kind: 'verify-address', recipient: email })
})

test('keeps the verification when the address is the same', async () => {
  const account = await aVerifiedAccount(auth)

  const answer = await change(await aTokenOf(auth, account), { email: account.email })

  expect(answer).toMatchObject({ status: 200, body: { is_verified: true } })
})

test("refuses another account's address, whatever its case", async () => {
  const other = await aRegisteredAccount(auth)
  const token = await aTokenOf(auth, await aRegisteredAccount(auth))

  const answer = await change(token, { email: other.email.toUpperCase() })

  expectProblem(answer, 400, 'UPDATE_USER_EMAIL_ALREADY_EXISTS')
})

test('changes nothing when one of two changes is refused', async () => {
  const other = await aRegisteredAccount(auth)
  const account = await aRegisteredAccount(auth)

  await change(await aTokenOf(auth, account), { email: other.email, password: newPassword })

  expect((await signIn(auth, account)).status).toBe(200)
})

test('lets nobody set their own flags', async () => {
  const account = await aRegisteredAccount(auth)
  const id = '7d6bbf1c-62bb-4c55-8a7b-9c3e6f5a0d11'
  const flags = { is_superuser: true, is_verified: true, is_active: false, id }

  const answer = await change(await aTokenOf(auth, account), flags)

  expect(answer).toMatchObject({
    status: 200,
    body: { id: account.id, is_superuser: false, is_verified: false, is_active: true },
  })
})

test('takes null for a field that is to stay', async () => {
  const account = await aRegisteredAccount(auth)

  const answer = await change(await aTokenOf(auth, account), { email: null, password: null, is_active: null })

  expect(answer).toMatchObject({ status: 200, body: { email: account.email } })
})

test.each([
  ['short', '1234567', 'Password should be at least 8 characters'],
  ['common', 'password123', 'Password is too common'],
])('refuses a %s password and says why', async (_case, password, reason) => {
  const token = await aTokenOf(auth, await aRegisteredAccount(auth))

  const answer = await change(token, { password })

  expectProblem(answer, 400, { code: 'UPDATE_USER_INVALID_PASSWORD', reason })
})

test('refuses an address that is none', async () => {
  const token = await aTokenOf(auth, await aRegisteredAccount(auth))

  const answer = await change(token, { email: 'nonsense' })

  expectFault(answer, 'value_error', ['body', 'email'])
})

test('checks the current password where it is given', async () => {
  const account = await aRegisteredAccount(auth)
  const token = await aTokenOf(auth, account)

  const wrong = await change(token, { password: newPassword, current_password: 'not this one' })
  const right = await change(token, { password: newPassword, current_password: account.password })

  expectProblem(wrong, 400, 'UPDATE_USER_BAD_CURRENT_PASSWORD')
  expect(right.status).toBe(200)
})

test.each(['GET', 'PATCH'])('refuses %s by a stranger', async (method) => {
  const answer = await auth.send(path, { method })

  expectProblem(answer, 401, 'Unauthorized')
})

test('tells the owner by mail of a new password', async () => {
  const account = await aRegisteredAccount(auth)

  await change(await aTokenOf(auth, account), { password: newPassword })

  const mails = await auth.query('select kind from outbox_mail where recipient = $1', account.email)
  expect(mails).toContainEqual({ kind: 'password-changed' })
})

test('compares a new password with the new address', async () => {
  const token = await aTokenOf(auth, await aRegisteredAccount(auth))

  const answer = await change(token, { email: 'augusta.lovelace@example.com', password: 'augusta.lovelace1' })

  expect(answer).toMatchObject({ status: 400, body: { detail: { code: 'UPDATE_USER_INVALID_PASSWORD' } } })
})

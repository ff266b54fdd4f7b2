import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { anAddress, aPassword, aTokenOf, signIn, type TestAccount } from './support/accounts.ts'
import { startAuth } from './support/start-auth.ts'

const auth = await startAuth({ AUTH_ANSWERS: 'strict', REQUIRE_VERIFIED_EMAIL: 'true' })
const lenient = await startAuth({ REQUIRE_VERIFIED_EMAIL: 'true' })

async function anAccount(service = auth): Promise<Pick<TestAccount, 'email' | 'password'>> {
  const account = { email: anAddress(), password: aPassword }
  await service.send('/auth/register', { json: account })
  return account
}

async function aVerifiedAccount() {
  const account = await anAccount()
  await auth.query('update "user" set is_verified = true where email = $1', account.email)
  return account
}

test('answers a registration alike whether there is an account or not', async () => {
  const taken = await anAccount()

  const known = await auth.send('/auth/register', { json: taken })
  const unknown = await auth.send('/auth/register', { json: { email: anAddress(), password: aPassword } })

  for (const answer of [known, unknown]) {
    expect(answer).toMatchObject({ status: 202, body: null })
    expect(answer.headers.getSetCookie()).toEqual([])
  }
})

test('tells the owner by mail that somebody tried to register again, and changes nothing', async () => {
  const account = await aVerifiedAccount()

  await auth.send('/auth/register', { json: { ...account, password: 'a stranger chose this' } })

  const mails = await auth.query(
    'select kind from outbox_mail where recipient = $1 order by id',
    account.email,
  )
  expect(mails).toEqual([{ kind: 'verify-address' }, { kind: 'already-registered' }])
  expect((await signIn(auth, account)).status).toBe(200)
})

test('answers wrong, unknown and unverified with the same 401', async () => {
  const verified = await aVerifiedAccount()
  const unverified = await anAccount()
  const attempts = [
    { ...verified, password: 'not the password' },
    { ...verified, email: anAddress() },
    unverified,
  ]

  const answers = await Promise.all(attempts.map((attempt) => signIn(auth, attempt)))

  for (const answer of answers) expectProblem(answer, 401, 'LOGIN_BAD_CREDENTIALS')
})

test('asks for the current password before it changes password or address', async () => {
  const account = await aVerifiedAccount()
  const token = await aTokenOf(auth, account)
  const change = (json: unknown) => auth.send('/users/me', { method: 'PATCH', token, json })

  const without = await change({ password: 'another horse battery' })
  const withIt = await change({ password: 'another horse battery', current_password: account.password })

  expectProblem(without, 400, 'UPDATE_USER_BAD_CURRENT_PASSWORD')
  expect(withIt.status).toBe(200)
})

test('says that an address is not verified, by the contract, once the password is right', async () => {
  const account = await anAccount(lenient)

  const right = await signIn(lenient, account)
  const wrong = await signIn(lenient, { ...account, password: 'not the password' })

  expectProblem(right, 400, 'LOGIN_USER_NOT_VERIFIED')
  expectProblem(wrong, 400, 'LOGIN_BAD_CREDENTIALS')
})

test('lets an account that lost its verification no further than its sessions', async () => {
  const account = await aVerifiedAccount()
  const token = await aTokenOf(auth, account)
  await auth.query('update "user" set is_verified = false where email = $1', account.email)

  const own = await auth.send('/users/me', { token })
  const signedOut = await auth.send('/auth/jwt/logout', { method: 'POST', token })

  expectProblem(own, 403, 'Forbidden')
  expect(signedOut.status).toBe(204)
})

test('lets no superuser act whose address is not verified', async () => {
  const account = await aVerifiedAccount()
  const token = await aTokenOf(auth, account)
  await auth.query(
    'update "user" set is_superuser = true, is_verified = false where email = $1',
    account.email,
  )

  const answer = await auth.send('/users/7d6bbf1c-62bb-4c55-8a7b-9c3e6f5a0d11', { token })

  expectProblem(answer, 403, 'Forbidden')
})

test('asks for the current password before it changes the address alone', async () => {
  const account = await aVerifiedAccount()
  const token = await aTokenOf(auth, account)

  const answer = await auth.send('/users/me', { method: 'PATCH', token, json: { email: anAddress() } })

  expectProblem(answer, 400, 'UPDATE_USER_BAD_CURRENT_PASSWORD')
})

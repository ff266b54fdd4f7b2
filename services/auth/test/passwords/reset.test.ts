import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import {
  anAddress,
  anInactiveAccount,
  aRegisteredAccount,
  aSessionOf,
  aTokenOf,
  refresh,
  signIn,
  type TestAccount,
} from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const newPassword = 'another horse battery'

function forgot(email: string) {
  return auth.send('/auth/forgot-password', { json: { email } })
}

function reset(token: string, password = newPassword) {
  return auth.send('/auth/reset-password', { json: { token, password } })
}

function aResetToken({ id }: TestAccount): Promise<string> {
  return auth.context.links.issue(id, 'reset')
}

test('answers a known, an unknown and an inactive address with the same', async () => {
  const known = await aRegisteredAccount(auth)
  const inactive = await anInactiveAccount(auth)

  const answers = await Promise.all([known.email, anAddress(), inactive.email].map(forgot))

  for (const answer of answers) expect(answer).toMatchObject({ status: 202, body: null })
})

test('writes the same down for a known and an unknown address', async () => {
  const known = await aRegisteredAccount(auth)
  const unknown = anAddress()

  await Promise.all([known.email, unknown].map(forgot))

  const rows = await auth.query<{ kind: string; facts: unknown }>(
    "select kind, facts from outbox_mail where recipient in ($1, $2) and kind = 'reset-password'",
    known.email,
    unknown,
  )
  expect(rows).toEqual([
    { kind: 'reset-password', facts: {} },
    { kind: 'reset-password', facts: {} },
  ])
})

test('sets a new password by the link, and the old one no longer works', async () => {
  const account = await aRegisteredAccount(auth)

  const answer = await reset(await aResetToken(account))

  const old = await signIn(auth, account)
  const fresh = await signIn(auth, { ...account, password: newPassword })
  expect(answer).toMatchObject({ status: 200, body: null })
  expect([old.status, fresh.status]).toEqual([400, 200])
})

test('signs nobody in, and ends every session', async () => {
  const account = await aRegisteredAccount(auth)
  const session = await aSessionOf(auth, account)

  const answer = await reset(await aResetToken(account))

  const access = await auth.send('/users/me', { token: session.token })
  const refreshed = await refresh(auth, session.refreshCookie)
  expect(answer.headers.getSetCookie()).toEqual([])
  expect([access.status, refreshed.status]).toEqual([401, 401])
})

test('tells the owner by mail', async () => {
  const account = await aRegisteredAccount(auth)

  await reset(await aResetToken(account))

  const mails = await auth.query('select kind from outbox_mail where recipient = $1', account.email)
  expect(mails).toContainEqual({ kind: 'password-changed' })
})

test('takes a link once', async () => {
  const token = await aResetToken(await aRegisteredAccount(auth))
  await reset(token)

  const again = await reset(token, 'a third horse battery')

  expectProblem(again, 400, 'RESET_PASSWORD_BAD_TOKEN')
})

test('lets one of many uses of a link at once win', async () => {
  const token = await aResetToken(await aRegisteredAccount(auth))

  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => reset(token, `password number ${index}`)),
  )

  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(400)])
})

test('kills the old link when a new one is made', async () => {
  const account = await aRegisteredAccount(auth)
  const old = await aResetToken(account)
  await aResetToken(account)

  const answer = await reset(old)

  expectProblem(answer, 400, 'RESET_PASSWORD_BAD_TOKEN')
})

test('takes no link after an hour', async () => {
  const account = await aRegisteredAccount(auth)
  auth.setClock(new Date('2030-01-01T00:00:00Z'))
  const token = await aResetToken(account)

  auth.setClock(new Date('2030-01-01T01:00:00Z'))
  const answer = await reset(token)

  auth.setClock(null)
  expectProblem(answer, 400, 'RESET_PASSWORD_BAD_TOKEN')
})

test('takes no link that was made to verify an address', async () => {
  const { id } = await aRegisteredAccount(auth)
  const token = await auth.context.links.issue(id, 'verify')

  const answer = await reset(token)

  expectProblem(answer, 400, 'RESET_PASSWORD_BAD_TOKEN')
})

test.each([
  ['of nobody', async () => 'x'.repeat(43)],
  ['that is empty', async () => ''],
  ['of an inactive account', async () => aResetToken(await anInactiveAccount(auth))],
])('takes no link %s', async (_case, token) => {
  const answer = await reset(await token())

  expectProblem(answer, 400, 'RESET_PASSWORD_BAD_TOKEN')
})

test('leaves the link good when the new password is refused', async () => {
  const token = await aResetToken(await aRegisteredAccount(auth))

  const refused = await reset(token, 'short')
  const taken = await reset(token)

  const reason = 'Password should be at least 8 characters'
  expectProblem(refused, 400, { code: 'RESET_PASSWORD_INVALID_PASSWORD', reason })
  expect(taken.status).toBe(200)
})

test('keeps no token that could be used', async () => {
  const token = await aResetToken(await aRegisteredAccount(auth))

  const rows = await auth.query<{ token_hash: Buffer }>('select token_hash from link_token')

  expect(token).toHaveLength(43)
  for (const { token_hash } of rows) expect(token_hash.toString('base64url')).not.toBe(token)
})

test('lets a new link live its whole time, though it takes the place of an older one', async () => {
  const account = await aRegisteredAccount(auth)
  auth.setClock(new Date('2030-01-01T00:00:00Z'))
  await aResetToken(account)
  auth.setClock(new Date('2030-01-01T00:50:00Z'))
  const token = await aResetToken(account)

  auth.setClock(new Date('2030-01-01T01:40:00Z'))
  const answer = await reset(token)

  auth.setClock(null)
  expect(answer.status).toBe(200)
})

test('keeps the lifetimes and the keys of the two kinds of links apart', async () => {
  const { id } = await aRegisteredAccount(auth)
  const short = auth.replica({ RESET_LINK_LIFETIME_SECONDS: '60' })
  const rekeyed = auth.replica({ USERS_RESET_PASSWORD_TOKEN_SECRET: 'yet another secret of the tests' })
  auth.setClock(new Date('2030-01-01T00:00:00Z'))
  const [resetToken, verifyToken] = [
    await short.links.issue(id, 'reset'),
    await short.links.issue(id, 'verify'),
  ]

  const found = async () =>
    [await short.links.find(resetToken, 'reset'), await short.links.find(verifyToken, 'verify')].map(Boolean)
  const atFirst = await found()
  const byOtherKey = [
    await rekeyed.links.find(resetToken, 'reset'),
    await rekeyed.links.find(verifyToken, 'verify'),
  ]
  auth.setClock(new Date('2030-01-01T00:01:00Z'))
  const later = await found()

  auth.setClock(null)
  expect([atFirst, byOtherKey.map(Boolean), later]).toEqual([
    [true, true],
    [false, true],
    [false, true],
  ])
})

test('takes no link from before the password was changed', async () => {
  const account = await aRegisteredAccount(auth)
  const link = await aResetToken(account)
  const token = await aTokenOf(auth, account)
  await auth.send('/users/me', { method: 'PATCH', token, json: { password: newPassword } })

  expectProblem(await reset(link, 'a third horse battery'), 400, 'RESET_PASSWORD_BAD_TOKEN')
})

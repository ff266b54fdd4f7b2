import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import {
  anAddress,
  anInactiveAccount,
  aRegisteredAccount,
  aSuperuser,
  aTokenOf,
  aVerifiedAccount,
  type TestAccount,
} from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()

function verify(token: string) {
  return auth.send('/auth/verify', { json: { token } })
}

function aVerifyToken({ id }: TestAccount): Promise<string> {
  return auth.context.links.issue(id, 'verify')
}

test('answers every address alike that asks for a link', async () => {
  const fresh = await aRegisteredAccount(auth)
  const verified = await aVerifiedAccount(auth)

  const answers = await Promise.all(
    [fresh.email, verified.email, anAddress()].map((email) =>
      auth.send('/auth/request-verify-token', { json: { email } }),
    ),
  )

  for (const answer of answers) expect(answer).toMatchObject({ status: 202, body: null })
})

test('sends the link by itself when an account is made', async () => {
  const account = await aRegisteredAccount(auth)

  const mails = await auth.query('select kind from outbox_mail where recipient = $1', account.email)

  expect(mails).toEqual([{ kind: 'verify-address' }])
})

test('verifies the address and shows the account', async () => {
  const account = await aRegisteredAccount(auth)

  const answer = await verify(await aVerifyToken(account))

  expect(answer).toMatchObject({ status: 200, body: { id: account.id, is_verified: true } })
})

test('says so when the link is followed again, as FastAPI Users does', async () => {
  const token = await aVerifyToken(await aRegisteredAccount(auth))
  await verify(token)

  const again = await verify(token)

  expectProblem(again, 400, 'VERIFY_USER_ALREADY_VERIFIED')
})

test('lets one of many uses of a link at once win', async () => {
  const token = await aVerifyToken(await aRegisteredAccount(auth))

  const answers = await Promise.all(Array.from({ length: 8 }, () => verify(token)))

  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(400)])
})

test('takes no link to an address that the account has left', async () => {
  const account = await aRegisteredAccount(auth)
  const link = await aVerifyToken(account)
  const token = await aTokenOf(auth, account)
  await auth.send('/users/me', { method: 'PATCH', token, json: { email: anAddress() } })

  const answer = await verify(link)

  expectProblem(answer, 400, 'VERIFY_USER_BAD_TOKEN')
})

test('takes no link from before an administrator withdrew the verification', async () => {
  const account = await aRegisteredAccount(auth)
  const link = await aVerifyToken(account)
  await verify(link)
  const token = await aTokenOf(auth, await aSuperuser(auth))
  await auth.send(`/users/${account.id}`, { method: 'PATCH', token, json: { is_verified: false } })

  const answer = await verify(link)

  expectProblem(answer, 400, 'VERIFY_USER_BAD_TOKEN')
})

test('takes no link after an hour', async () => {
  const account = await aRegisteredAccount(auth)
  auth.setClock(new Date('2030-01-01T00:00:00Z'))
  const token = await aVerifyToken(account)

  auth.setClock(new Date('2030-01-01T01:00:00Z'))
  const answer = await verify(token)

  auth.setClock(null)
  expectProblem(answer, 400, 'VERIFY_USER_BAD_TOKEN')
})

test.each([
  ['of nobody', async () => 'x'.repeat(43)],
  ['of an inactive account', async () => aVerifyToken(await anInactiveAccount(auth))],
  [
    'that was made to reset a password',
    async () => {
      const { id } = await aRegisteredAccount(auth)
      return auth.context.links.issue(id, 'reset')
    },
  ],
])('takes no link %s', async (_case, token) => {
  const answer = await verify(await token())

  expectProblem(answer, 400, 'VERIFY_USER_BAD_TOKEN')
})

test('verifies no other address than the one that the link was for', async () => {
  const { id, email } = await aRegisteredAccount(auth)
  const { accounts } = auth.context

  expect([await accounts.markVerified(id, anAddress()), await accounts.markVerified(id, email)]).toEqual([
    false,
    true,
  ])
})

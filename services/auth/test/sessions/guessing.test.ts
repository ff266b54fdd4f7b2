import { ServiceUnavailable } from '@finity/kit/http/http-errors.ts'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import type { PasswordHasher } from '../../src/passwords/hash-password.ts'
import { anAddress, aSessionOf, signIn, type TestAccount } from '../support/accounts.ts'
import { from } from '../support/from-address.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth({ RATE_LIMIT_FACTOR: '1', TRUSTED_PROXY_HOPS: '1' })

function wrong(account: Pick<TestAccount, 'email'>) {
  return { email: account.email, password: 'not the password' }
}

async function anAccount(): Promise<TestAccount> {
  const email = anAddress()
  const json = { email, password: 'correct horse battery' }
  const { body } = await auth.send('/auth/register', { json, ...from() })
  return { id: (body as { id: string }).id, ...json }
}

test('refuses the sixth guess at an account and says when to come back', async () => {
  const account = await anAccount()
  for (let guess = 0; guess < 5; guess += 1) await signIn(auth, wrong(account), from())

  const answer = await signIn(auth, account, from())

  expectProblem(answer, 429, 'TOO_MANY_REQUESTS')
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(890)
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(900)
})

test('counts guesses at an address that nobody has just so', async () => {
  const nobody = { email: anAddress() }

  const statuses: number[] = []
  for (let guess = 0; guess < 6; guess += 1) statuses.push((await signIn(auth, wrong(nobody), from())).status)

  expect(statuses).toEqual([400, 400, 400, 400, 400, 429])
})

test('lets no more guesses pass when they come at once', async () => {
  const account = await anAccount()

  const answers = await Promise.all(Array.from({ length: 50 }, () => signIn(auth, wrong(account), from())))

  expect(answers.filter(({ status }) => status === 400)).toHaveLength(5)
})

test('lets the owner in from a known browser while a stranger guesses', async () => {
  const account = await anAccount()
  const { deviceCookie } = await aSessionOf(auth, account, from())
  for (let guess = 0; guess < 6; guess += 1) await signIn(auth, wrong(account), from())

  const answer = await signIn(auth, account, { headers: { cookie: deviceCookie } })

  expect(answer.status).toBe(200)
})

test('lets the owner in from a new browser by the link of a mail while a stranger guesses', async () => {
  const account = await anAccount()
  for (let guess = 0; guess < 6; guess += 1) await signIn(auth, wrong(account), from())
  const token = await auth.context.links.issue(account.id, 'reset')
  const password = 'another horse battery'
  await auth.send('/auth/reset-password', { json: { token, password }, ...from() })

  const answer = await signIn(auth, { ...account, password }, from())

  expect(answer.status).toBe(200)
})

test("takes no other account's device cookie for this one's", async () => {
  const { deviceCookie } = await aSessionOf(auth, await anAccount(), from())
  const account = await anAccount()
  for (let guess = 0; guess < 5; guess += 1) await signIn(auth, wrong(account), from())

  const answer = await signIn(auth, account, { headers: { ...from().headers, cookie: deviceCookie } })

  expect(answer.status).toBe(429)
})

test('forgets the failures when the right password comes', async () => {
  const account = await anAccount()
  for (let guess = 0; guess < 4; guess += 1) await signIn(auth, wrong(account), from())
  await signIn(auth, account, from())

  const answer = await signIn(auth, wrong(account), from())

  expect(answer.status).toBe(400)
})

test('limits what one address guesses at many accounts', async () => {
  const guesser = from('198.51.100.1')

  const statuses: number[] = []
  for (let guess = 0; guess < 31; guess += 1)
    statuses.push((await signIn(auth, { email: anAddress(), password: 'any password' }, guesser)).status)

  expect(statuses).toEqual([...Array(30).fill(400), 429])
})

test('takes one /64 network for one address', async () => {
  const nets = (guess: number) => from(`2001:db8::${guess.toString(16)}`)

  const statuses: number[] = []
  for (let guess = 1; guess <= 31; guess += 1)
    statuses.push((await signIn(auth, { email: anAddress(), password: 'any password' }, nets(guess))).status)

  expect(statuses.at(-1)).toBe(429)
})

test('believes no forwarded address but the one that its own proxy adds', async () => {
  const forged = (guess: number) => from(`192.0.2.${guess}, 198.51.100.77`)

  const statuses: number[] = []
  for (let guess = 1; guess <= 31; guess += 1)
    statuses.push(
      (await signIn(auth, { email: anAddress(), password: 'any password' }, forged(guess))).status,
    )

  expect(statuses.at(-1)).toBe(429)
})

test('answers known and unknown addresses alike, headers and all', async () => {
  const account = await anAccount()

  const known = await signIn(auth, wrong(account), from())
  const unknown = await signIn(auth, wrong({ email: anAddress() }), from())

  const names = (headers: Headers) => [...headers.keys()].sort()
  expect(names(known.headers)).toEqual(names(unknown.headers))
  expect({ ...(known.body as object), requestId: '' }).toEqual({ ...(unknown.body as object), requestId: '' })
})

test('forgets every failure of the account when the right password comes', async () => {
  const account = await anAccount()
  for (let guess = 0; guess < 4; guess += 1) await signIn(auth, wrong(account), from())
  await signIn(auth, account, from())

  const statuses: number[] = []
  for (let guess = 0; guess < 5; guess += 1)
    statuses.push((await signIn(auth, wrong(account), from())).status)

  expect(statuses).toEqual(Array(5).fill(400))
})

test('a right password at one account does not forgive what its address guessed at others', async () => {
  const [own, guesser] = [await anAccount(), from('198.51.100.3')]
  const guess = async () => (await signIn(auth, wrong({ email: anAddress() }), guesser)).status
  for (let count = 0; count < 29; count += 1) await guess()

  const signedIn = await signIn(auth, own, guesser)

  expect([signedIn.status, await guess(), await guess()]).toEqual([200, 400, 429])
})

test('limits what a known browser guesses, too', async () => {
  const account = await anAccount()
  const { deviceCookie } = await aSessionOf(auth, account, from())
  const guess = () => signIn(auth, wrong(account), { headers: { ...from().headers, cookie: deviceCookie } })

  const statuses: number[] = []
  for (let count = 0; count < 11; count += 1) statuses.push((await guess()).status)

  expect(statuses).toEqual([...Array(10).fill(400), 429])
})

/** Puts another verification in the place of the service's until `run` is over. */
async function withVerify(verify: PasswordHasher['verify'], run: () => Promise<void>): Promise<void> {
  const { passwords } = auth.context
  const own = passwords.verify
  passwords.verify = verify
  await run().finally(() => {
    passwords.verify = own
  })
}

test('spends no hash on an attempt beyond the limit', async () => {
  const account = await anAccount()
  for (let guess = 0; guess < 5; guess += 1) await signIn(auth, wrong(account), from())
  let verifications = 0

  await withVerify(
    async () => {
      verifications += 1
      return false
    },
    async () => void (await signIn(auth, wrong(account), from())),
  )

  expect(verifications).toBe(0)
})

test('counts no attempt whose password could not be looked at', async () => {
  const account = await anAccount()
  await withVerify(
    async () => {
      throw new ServiceUnavailable('OVERLOADED', 1)
    },
    async () => {
      for (let attempt = 0; attempt < 5; attempt += 1) await signIn(auth, account, from())
    },
  )

  expect((await signIn(auth, account, from())).status).toBe(200)
})

import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { anAddress, aPassword, aRegisteredAccount } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const path = '/auth/register'

test('makes an account and shows what FastAPI Users shows', async () => {
  const email = anAddress()

  const answer = await auth.send(path, { json: { email, password: aPassword } })

  expect(answer).toMatchObject({
    status: 201,
    body: { id: expect.any(String), email, is_active: true, is_superuser: false, is_verified: false },
  })
  expect(Object.keys(answer.body as object)).toEqual([
    'id',
    'email',
    'is_active',
    'is_superuser',
    'is_verified',
  ])
})

test('lets nobody make a superuser, and ignores fields it does not know', async () => {
  const flags = { is_superuser: true, is_verified: true, is_active: false, nickname: 'Ada' }

  const answer = await auth.send(path, { json: { email: anAddress(), password: aPassword, ...flags } })

  expect(answer).toMatchObject({
    status: 201,
    body: { is_active: true, is_superuser: false, is_verified: false },
  })
})

test('refuses an address that is taken, whatever its case', async () => {
  const { email } = await aRegisteredAccount(auth)

  const answer = await auth.send(path, { json: { email: email.toUpperCase(), password: aPassword } })

  expectProblem(answer, 400, 'REGISTER_USER_ALREADY_EXISTS')
})

test('writes the domain in lower case and leaves the local part', async () => {
  const answer = await auth.send(path, { json: { email: ' Ada.Case@EXAMPLE.Com ', password: aPassword } })

  expect(answer).toMatchObject({ status: 201, body: { email: 'Ada.Case@example.com' } })
})

test('lets one of many registrations at once win and tells the others so', async () => {
  const json = { email: anAddress(), password: aPassword }

  const answers = await Promise.all(Array.from({ length: 8 }, () => auth.send(path, { json })))

  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([201, ...Array(7).fill(400)])
})

test.each([
  ['shorter than 8 characters', '1234567', 'at least 8'],
  ['longer than 128 characters', 'x'.repeat(129), 'at most 128'],
  ['of 7 characters that take 14 code units', '😀'.repeat(7), 'at least 8'],
])('refuses a password %s', async (_case, password, reason) => {
  const answer = await auth.send(path, { json: { email: anAddress(), password } })

  expectProblem(answer, 400, { code: 'REGISTER_INVALID_PASSWORD', reason: expect.stringContaining(reason) })
})

test.each([
  ['the address', 'ada.lovelace@engines.example', 'Ada.Lovelace@engines.example1'],
  ['its local part', 'ada.lovelace@engines.example', 'ada.lovelace99'],
  ['its domain', 'ada.lovelace@engines.example', 'engines.example!'],
  ["its domain's first label", 'ada.lovelace@engines.example', 'ENGINES123'],
  ['the name of this service', 'ada.lovelace@engines.example', 'Finity2026'],
])('refuses a password that is little more than %s', async (_case, email, password) => {
  const answer = await auth.send(path, { json: { email, password } })

  const reason = 'Password is too like the e-mail address or the name of this service'
  expectProblem(answer, 400, { code: 'REGISTER_INVALID_PASSWORD', reason })
})

test.each([
  ['128 characters outside the basic plane', '😀'.repeat(128)],
  ['any script and spaces', 'пароль с пробелами'],
])('takes a password of %s and signs in with it', async (_case, password) => {
  const email = anAddress()
  await auth.send(path, { json: { email, password } })

  const answer = await auth.send('/auth/jwt/login', { form: { username: email, password } })

  expect(answer.status).toBe(200)
})

test.each([
  ['no address', { password: aPassword }, 'missing', 'email'],
  ['no password', { email: 'ada@example.com' }, 'missing', 'password'],
  ['an address that is none', { email: 'ada@', password: aPassword }, 'value_error', 'email'],
  [
    'an address without a dot in its domain',
    { email: 'ada@host', password: aPassword },
    'value_error',
    'email',
  ],
  ['a number as a password', { email: 'ada@example.com', password: 12345678 }, 'string_type', 'password'],
  ['null as an address', { email: null, password: aPassword }, 'string_type', 'email'],
  ['a list as an address', { email: ['ada@example.com'], password: aPassword }, 'string_type', 'email'],
  [
    'a word as a flag',
    { email: 'ada@example.com', password: aPassword, is_active: 'perhaps' },
    'bool_parsing',
    'is_active',
  ],
  [
    'a NUL in the password',
    { email: 'ada@example.com', password: 'pass\0word' },
    'string_unicode',
    'password',
  ],
  [
    'half a surrogate pair',
    { email: 'ada@example.com', password: 'password\ud800' },
    'string_unicode',
    'password',
  ],
])('refuses %s with the place of the fault', async (_case, json, type, field) => {
  const answer = await auth.send(path, { json })

  expectFault(answer, type, ['body', field])
})

test('refuses a list as the body', async () => {
  const answer = await auth.send(path, { json: [] })

  expectFault(answer, 'model_attributes_type', ['body'])
})

test('asks for a body where there is none', async () => {
  const answer = await auth.send(path, { method: 'POST' })

  expectFault(answer, 'missing', ['body'])
})

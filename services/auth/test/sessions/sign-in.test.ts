import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import {
  anAddress,
  anInactiveAccount,
  aRegisteredAccount,
  signIn,
  type TestAccount,
} from '../support/accounts.ts'
import { type Auth, startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const path = '/auth/jwt/login'

test('gives a bearer token for the right password', async () => {
  const { email, password } = await aRegisteredAccount(auth)

  const answer = await auth.send(path, { form: { username: email, password } })

  expect(answer).toMatchObject({
    status: 200,
    body: { access_token: expect.any(String), token_type: 'bearer' },
  })
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('takes the address in any case and the whole form of the password grant', async () => {
  const { email, password } = await aRegisteredAccount(auth)
  const grant = { grant_type: 'password', scope: '', client_id: '', client_secret: '' }

  const answer = await auth.send(path, { form: { username: email.toUpperCase(), password, ...grant } })

  expect(answer.status).toBe(200)
})

test('writes a token in the profile of RFC 9068', async () => {
  const { id, email, password } = await aRegisteredAccount(auth)

  const { body } = await auth.send(path, { form: { username: email, password } })

  const token = (body as { access_token: string }).access_token
  expect(decodeProtectedHeader(token)).toEqual({
    alg: 'EdDSA',
    typ: 'at+jwt',
    kid: (await auth.context.signingKeys.signer()).id,
  })
  const claims = decodeJwt(token)
  expect(claims).toMatchObject({
    iss: 'finity-auth',
    aud: 'finity',
    sub: id,
    sid: expect.any(String),
    jti: expect.any(String),
  })
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(900)
})

test.each<[string, (auth: Auth) => Promise<Pick<TestAccount, 'email' | 'password'>>]>([
  ['a wrong password', async () => ({ ...(await aRegisteredAccount(auth)), password: 'not the password' })],
  ['an unknown address', async () => ({ email: anAddress(), password: 'correct horse battery' })],
  ['an address with a wildcard', async () => ({ email: '%@example.com', password: 'correct horse battery' })],
  ['an inactive account', anInactiveAccount],
])('answers %s like every other bad credential', async (_case, someone) => {
  const { email, password } = await someone(auth)

  const answer = await auth.send(path, { form: { username: email, password } })

  expectProblem(answer, 400, 'LOGIN_BAD_CREDENTIALS')
})

test.each([
  ['in another case', 'Correct horse battery'],
  ['with a space more', 'Correct Horse Battery '],
  ['without its last letter', 'Correct Horse Batter'],
  ['in another script', 'Сorrect Horse Battery'],
])('takes a password exactly as it was set, and not %s', async (_case, other) => {
  const account = { email: anAddress(), password: 'Correct Horse Battery' }
  await auth.send('/auth/register', { json: account })

  const wrong = await signIn(auth, { ...account, password: other })
  const right = await signIn(auth, account)

  expect([wrong.status, right.status]).toEqual([400, 200])
})

test('looks at the whole of a long password', async () => {
  const account = { email: anAddress(), password: `${'x'.repeat(127)}y` }
  await auth.send('/auth/register', { json: account })

  const cut = await signIn(auth, { ...account, password: 'x'.repeat(127) })
  const changed = await signIn(auth, { ...account, password: 'x'.repeat(128) })

  expect([cut.status, changed.status]).toEqual([400, 400])
})

test('takes a password of any age', async () => {
  const account = await aRegisteredAccount(auth)
  auth.setClock(new Date(Date.now() + 10 * 365 * 86_400_000))

  const answer = await signIn(auth, account)

  auth.setClock(null)
  expect(answer.status).toBe(200)
})

test('spends the work of one verification on an unknown address', async () => {
  const verified: (string | undefined)[] = []
  const { verify } = auth.context.passwords
  auth.context.passwords.verify = (hash, password) => {
    verified.push(hash)
    return verify(hash, password)
  }

  await auth.send(path, { form: { username: anAddress(), password: 'whatever it is' } })

  auth.context.passwords.verify = verify
  expect(verified).toEqual([undefined])
})

test.each([
  ['no password', 'username=ada%40example.com', 'missing', 'password'],
  ['no username', 'password=secret-word', 'missing', 'username'],
  [
    'another grant',
    'username=a&password=b&grant_type=client_credentials',
    'string_pattern_mismatch',
    'grant_type',
  ],
  ['a NUL in the username', 'username=a%00b&password=c', 'string_unicode', 'username'],
])('refuses a form with %s', async (_case, body, type, field) => {
  const answer = await auth.send(path, { raw: { body, type: 'application/x-www-form-urlencoded' } })

  expectFault(answer, type, ['body', field])
})

test('refuses credentials sent as JSON', async () => {
  const answer = await auth.send(path, { json: { username: 'ada@example.com', password: 'secret-word' } })

  expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE')
})

test('takes the address with spaces around it, as registering does', async () => {
  const { email, password } = await aRegisteredAccount(auth)

  expect((await signIn(auth, { email: ` ${email} `, password })).status).toBe(200)
})

test('says in a token from when on it counts', async () => {
  const { body } = await signIn(auth, await aRegisteredAccount(auth))

  const claims = decodeJwt((body as { access_token: string }).access_token)
  expect(claims.nbf).toBe(claims.iat)
})

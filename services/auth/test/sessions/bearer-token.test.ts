import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { decodeJwt, exportJWK, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { issueAccessToken } from '../../src/tokens/issue-access-token.ts'
import { aRegisteredAccount, aTokenOf } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const account = await aRegisteredAccount(auth)
const good = decodeJwt(await aTokenOf(auth, account))
const signer = await auth.context.signingKeys.signer()
const stranger = generateKeyPairSync('ed25519').privateKey

type Header = Record<string, unknown>

/** A token like a good one, but for what is said; signed with our own key unless another is given. */
function aToken(
  claims: Record<string, unknown>,
  header: Header = {},
  key = signer.privateKey,
): Promise<string> {
  return new SignJWT({ ...good, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: signer.id, ...header })
    .sign(key)
}

async function anUnsignedToken(): Promise<string> {
  const [, claims] = (await aToken({})).split('.')
  return `${Buffer.from(`{"alg":"none","typ":"at+jwt","kid":"${signer.id}"}`).toString('base64url')}.${claims}.`
}

/** The classic confusion: the public key, which everybody has, used as a shared secret. */
function aTokenSignedWithThePublicKey(): Promise<string> {
  const pem = createPublicKey(signer.privateKey).export({ format: 'pem', type: 'spki' })
  return new SignJWT(good)
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: signer.id })
    .sign(Buffer.from(pem))
}

test('shows the account of the token', async () => {
  const token = await aToken({})

  const answer = await auth.send('/users/me', { token })

  expect(answer).toMatchObject({ status: 200, body: { id: account.id, email: account.email } })
})

const now = Math.floor(Date.now() / 1_000)
const strangersJwk = await exportJWK(createPublicKey(stranger))

test.each<[string, () => Promise<string>]>([
  ['is no token', async () => 'nonsense'],
  ['was signed by another key', () => aToken({}, {}, stranger)],
  ['names a key that nobody knows', () => aToken({}, { kid: 'unknown' })],
  ['names no key', () => aToken({}, { kid: undefined })],
  ['brings its own key', () => aToken({}, { jwk: strangersJwk }, stranger)],
  ['says where its key is', () => aToken({}, { jku: 'https://example.com/keys', kid: 'x' }, stranger)],
  ['has expired', () => aToken({ exp: now - 31 })],
  ['never expires', () => aToken({ exp: undefined })],
  ['is not valid yet', () => aToken({ nbf: now + 60 })],
  ['is for another audience', () => aToken({ aud: 'elsewhere' })],
  ['is from another issuer', () => aToken({ iss: 'somebody' })],
  ['is of another type', () => aToken({}, { typ: 'JWT' })],
  ['is not signed', anUnsignedToken],
  ['is signed with the public key as a shared secret', aTokenSignedWithThePublicKey],
  ['names no account', () => aToken({ sub: '7d6bbf1c-62bb-4c55-8a7b-9c3e6f5a0d11' })],
  ['names something that is no id', () => aToken({ sub: "' or 1=1" })],
  ['names a session that is not there', () => aToken({ sid: '7d6bbf1c-62bb-4c55-8a7b-9c3e6f5a0d11' })],
  ['names no session', () => aToken({ sid: undefined })],
])('refuses a token that %s', async (_case, token) => {
  const answer = await auth.send('/users/me', { token: await token() })

  expectProblem(answer, 401, 'Unauthorized')
})

test("refuses a token that names another account's session", async () => {
  const other = decodeJwt(await aTokenOf(auth, await aRegisteredAccount(auth)))

  const answer = await auth.send('/users/me', { token: await aToken({ sid: other.sid }) })

  expectProblem(answer, 401, 'Unauthorized')
})

test('refuses a refresh token in the place of an access token', async () => {
  const session = await auth.send('/auth/jwt/login', {
    form: { username: account.email, password: account.password },
  })
  const cookie = session.headers.getSetCookie()[0]?.split(/[=;]/)[1] ?? ''

  const answer = await auth.send('/users/me', { token: cookie })

  expectProblem(answer, 401, 'Unauthorized')
})

test.each([
  '',
  'Bearer',
  'Basic YTpi',
  'Bearer a b',
  'Bearer \u00fc',
])('refuses the authorization "%s" and names the scheme', async (authorization) => {
  const answer = await auth.send('/users/me', { headers: { authorization } })

  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
})

test('honours a token until its last second and hardly longer', async () => {
  auth.setClock(new Date('2030-01-01T00:00:00Z'))
  const token = await issueAccessToken(auth.context, {
    accountId: account.id,
    sessionId: good.sid as string,
    isSuperuser: false,
  })

  auth.setClock(new Date('2030-01-01T00:14:59Z'))
  await auth.query('update session set expires_at = $1', new Date('2031-01-01'))
  const before = await auth.send('/users/me', { token })
  auth.setClock(new Date('2030-01-01T00:15:06Z'))
  const after = await auth.send('/users/me', { token })
  auth.setClock(null)

  expect([before.status, after.status]).toEqual([200, 401])
})

test.each([
  [
    'whose session has reached its end',
    "update session set expires_at = now() - interval '1 second' where user_id = $1",
  ],
  ['of an account that is not active', 'update "user" set is_active = false where id = $1'],
])('refuses a token %s', async (_case, sql) => {
  const someone = await aRegisteredAccount(auth)
  const token = await aTokenOf(auth, someone)
  await auth.query(sql, someone.id)

  const answer = await auth.send('/users/me', { token })

  expectProblem(answer, 401, 'Unauthorized')
})

test('takes a token of a replica whose clock is a few seconds ahead', async () => {
  const token = await aToken({ nbf: Math.floor(Date.now() / 1_000) + 4 })

  expect((await auth.send('/users/me', { token })).status).toBe(200)
})

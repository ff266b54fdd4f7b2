import { randomUUID } from 'node:crypto'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { SignJWT } from 'jose'
import { afterAll, expect, test } from 'vitest'
import { anIssuer } from '../support/issuer.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const stranger = await anIssuer()
afterAll(stranger.close)
const someone = randomUUID()
const now = () => Math.floor(Date.now() / 1_000)

async function anUnsignedToken(): Promise<string> {
  const [, claims] = (await api.issuer.sign(someone)).split('.')
  return `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${claims}.`
}

/** The classic confusion: the public key, which everybody has, used as a shared secret. */
function aTokenSignedWithThePublicKey(): Promise<string> {
  return new SignJWT({ sub: someone, iss: 'finity-auth', aud: 'finity', exp: now() + 60 })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: String(api.issuer.publicJwk.kid) })
    .sign(Buffer.from(JSON.stringify(api.issuer.publicJwk)))
}

async function aTamperedToken(): Promise<string> {
  const [header, , signature] = (await api.issuer.sign(someone)).split('.')
  const [, claims] = (await api.issuer.sign(randomUUID())).split('.')
  return [header, claims, signature].join('.')
}

test.each<[string, () => Promise<string> | string]>([
  ['is no token', () => 'nonsense'],
  [
    'was signed by another key with the right name',
    () => stranger.sign(someone, {}, { kid: String(api.issuer.publicJwk.kid) }),
  ],
  ['was signed by a key that nobody published', () => stranger.sign(someone)],
  ['has expired', () => api.issuer.sign(someone, { exp: now() - 31 })],
  ['has no end', () => api.issuer.sign(someone, { exp: undefined as never })],
  ['is not valid yet', () => api.issuer.sign(someone, { nbf: now() + 60 })],
  ['is for another audience', () => api.issuer.sign(someone, { aud: 'elsewhere' })],
  ['is from another issuer', () => api.issuer.sign(someone, { iss: 'somebody' })],
  ['is not an access token', () => api.issuer.sign(someone, {}, { typ: 'JWT' })],
  ['names something that is no account', () => api.issuer.sign("' or 1=1")],
  ['is not signed', anUnsignedToken],
  ['is signed with the public key as a shared secret', aTokenSignedWithThePublicKey],
  ['has claims of another token', aTamperedToken],
])('refuses a token that %s', async (_case, token) => {
  const answer = await api.send('/api/documents', { token: await token() })

  expectProblem(answer, 401, 'Unauthorized')
})

test('refuses a request without a token, and names the scheme', async () => {
  const answer = await api.send('/api/documents')

  expectProblem(answer, 401, 'Unauthorized')
  expect(answer.headers.get('www-authenticate')).toBe('Bearer')
})

test('does not read the body of a stranger', async () => {
  const answer = await api.send('/api/documents', { raw: { body: '{broken', type: 'application/json' } })

  expectProblem(answer, 401, 'Unauthorized')
})

test('asks for the keys once, not for every request', async () => {
  const token = await api.issuer.sign(someone)
  await api.send('/api/documents', { token })
  const before = api.issuer.requests()

  await Promise.all(Array.from({ length: 10 }, () => api.send('/api/documents', { token })))

  expect(api.issuer.requests()).toBe(before)
})

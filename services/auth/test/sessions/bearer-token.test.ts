import { createPublicKey } from 'node:crypto'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { issueAccessToken } from '../../src/tokens/issue-access-token.ts'
import { deriveSigningKey } from '../../src/tokens/signing-key.ts'
import { aRegisteredAccount, aTokenOf } from '../support/accounts.ts'
import { startAuth } from '../support/start-auth.ts'

const auth = await startAuth()
const account = await aRegisteredAccount(auth)

function aTokenWith(change: Partial<Context>): Promise<string> {
  return issueAccessToken({ ...auth.context, ...change }, account.id)
}

async function anUnsignedToken(): Promise<string> {
  const [, claims] = (await aTokenWith({})).split('.')
  return `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${claims}.`
}

/** The classic confusion: the public key, which everybody has, used as a shared secret. */
function aTokenSignedWithThePublicKey(): Promise<string> {
  const pem = createPublicKey(auth.context.signingKey.privateKey).export({ format: 'pem', type: 'spki' })
  return new SignJWT({ sub: account.id, iss: 'finity-auth', aud: 'finity' })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setExpirationTime('1h')
    .sign(Buffer.from(pem))
}

test('shows the account of the token', async () => {
  const token = await aTokenOf(auth, account)

  const answer = await auth.send('/users/me', { token })

  expect(answer).toMatchObject({ status: 200, body: { id: account.id, email: account.email } })
})

test('signs out with an empty answer', async () => {
  const token = await aTokenOf(auth, account)

  const answer = await auth.send('/auth/jwt/logout', { method: 'POST', token })

  expect(answer).toMatchObject({ status: 204, body: '' })
})

test('refuses to sign out a stranger', async () => {
  const answer = await auth.send('/auth/jwt/logout', { method: 'POST' })

  expectProblem(answer, 401, 'Unauthorized')
})

const config = auth.context.config
test.each<[string, () => Promise<string>]>([
  ['is no token', async () => 'nonsense'],
  [
    'was signed by another key',
    async () => aTokenWith({ signingKey: await deriveSigningKey('another secret') }),
  ],
  ['has expired', () => aTokenWith({ clock: () => new Date(Date.now() - 3_601_000) })],
  ['is for another audience', () => aTokenWith({ config: { ...config, tokenAudience: 'elsewhere' } })],
  ['is from another issuer', () => aTokenWith({ config: { ...config, tokenIssuer: 'somebody' } })],
  ['is not signed', anUnsignedToken],
  ['is signed with the public key as a shared secret', aTokenSignedWithThePublicKey],
  ['names no account', () => issueAccessToken(auth.context, '7d6bbf1c-62bb-4c55-8a7b-9c3e6f5a0d11')],
  ['names something that is no id', () => issueAccessToken(auth.context, "' or 1=1")],
])('refuses a token that %s', async (_case, token) => {
  const answer = await auth.send('/users/me', { token: await token() })

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

test('honours a token until its last second and not longer', async () => {
  const issuedAt = new Date('2030-01-01T00:00:00Z')
  const token = await aTokenWith({ clock: () => issuedAt })

  auth.setClock(new Date('2030-01-01T00:59:59Z'))
  const before = await auth.send('/users/me', { token })
  auth.setClock(new Date('2030-01-01T01:00:00Z'))
  const after = await auth.send('/users/me', { token })
  auth.setClock(null)

  expect([before.status, after.status]).toEqual([200, 401])
})

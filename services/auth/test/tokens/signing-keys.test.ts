import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { deriveSigningKey } from '../../src/tokens/signing-key.ts'
import { aRegisteredAccount, aTokenOf } from '../support/accounts.ts'
import { startAuth, testSecret } from '../support/start-auth.ts'

const auth = await startAuth()

test('publishes the key that checks its tokens, and nothing private', async () => {
  const token = await aTokenOf(auth, await aRegisteredAccount(auth))

  const { body, headers } = await auth.send('/.well-known/jwks.json')

  await jwtVerify(token, createLocalJWKSet(body as JSONWebKeySet))
  expect((body as JSONWebKeySet).keys[0]).not.toHaveProperty('d')
  expect(headers.get('cache-control')).toBe('public, max-age=300')
})

test('derives the same key from the same secret, so that a restart ends no session', async () => {
  const again = await deriveSigningKey(testSecret)

  expect(again.publicJwk).toEqual(auth.context.signingKey.publicJwk)
})

test('derives another key from another secret', async () => {
  const other = await deriveSigningKey(`${testSecret}!`)

  expect(other.keyId).not.toBe(auth.context.signingKey.keyId)
})

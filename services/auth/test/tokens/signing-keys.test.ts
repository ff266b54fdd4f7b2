import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { verifyOwnToken } from '../../src/tokens/verify-own-token.ts'
import { aRegisteredAccount, aSessionOf, aTokenOf, refresh, tokenIn } from '../support/accounts.ts'
import { type Auth, startAuth } from '../support/start-auth.ts'

const services = { plain: await startAuth(), rotated: await startAuth(), twins: await startAuth() }
const start = new Date('2030-01-01T00:00:00Z').getTime()
const minute = 60_000

async function keySet(auth: Auth): Promise<JSONWebKeySet> {
  const { body } = await auth.send('/.well-known/jwks.json')
  return body as JSONWebKeySet
}

test('publishes the key that checks its tokens, and nothing private', async () => {
  const token = await aTokenOf(services.plain, await aRegisteredAccount(services.plain))

  const { body, headers } = await services.plain.send('/.well-known/jwks.json')

  await jwtVerify(token, createLocalJWKSet(body as JSONWebKeySet))
  expect((body as JSONWebKeySet).keys[0]).not.toHaveProperty('d')
  expect(headers.get('cache-control')).toBe('public, max-age=300')
})

test('stores no private key that could be read without SECRET', async () => {
  const { signingKeys } = services.plain.replica({ SECRET: 'not the secret that sealed the keys' })
  const { id } = await services.plain.context.signingKeys.signer()

  const ownSigner = await signingKeys.signer()

  expect(ownSigner.id).not.toBe(id)
})

test('goes on taking tokens from before SECRET changed', async () => {
  const token = await aTokenOf(services.plain, await aRegisteredAccount(services.plain))

  const replica = services.plain.replica({ SECRET: 'another secret after the change' })

  await expect(verifyOwnToken(replica, token)).resolves.toMatchObject({ accountId: expect.any(String) })
})

test('makes one first key when two processes start at once', async () => {
  const replicas = [1, 2, 3].map(() => services.twins.replica())

  const signers = await Promise.all(replicas.map(({ signingKeys }) => signingKeys.signer()))

  expect(new Set(signers.map(({ id }) => id)).size).toBe(1)
  expect((await keySet(services.twins)).keys).toHaveLength(1)
})

test('takes a new key into use with overlap, and signs nobody out', async () => {
  const auth = services.rotated
  const at = (minutes: number) => auth.setClock(new Date(start + minutes * minute))
  at(0)
  const before = await aSessionOf(auth, await aRegisteredAccount(auth))

  const takesOver = await auth.context.signingKeys.rotate()
  await auth.context.signingKeys.rotate()
  const announced = (await keySet(auth)).keys.map(({ kid }) => kid)
  at(11)
  const after = tokenIn(await refresh(auth, before.refreshCookie))
  const statuses = [before.token, after].map(
    async (token) => (await auth.send('/users/me', { token })).status,
  )

  expect(takesOver.getTime()).toBe(start + 10 * minute)
  expect(announced).toHaveLength(2)
  expect(decodeProtectedHeader(before.token).kid).toBe(announced[1])
  expect(decodeProtectedHeader(after).kid).toBe(announced[0])
  expect(await Promise.all(statuses)).toEqual([200, 200])
})

test('forgets the old key when its last token has expired, and not before', async () => {
  const auth = services.rotated
  const keysAfter = async (minutes: number) => {
    auth.setClock(new Date(start + minutes * minute))
    await auth.context.signingKeys.prune()
    return (await keySet(auth)).keys.length
  }

  const counts = [await keysAfter(10 + 15), await keysAfter(10 + 15 + 2)]

  auth.setClock(null)
  expect(counts).toEqual([2, 1])
})

import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterEach, expect, test, vi } from 'vitest'
import { deriveKey } from '../../src/secrets/derive-key.ts'
import { seal, unseal } from '../../src/secrets/seal.ts'
import type { SigningKeyStore, StoredKey } from '../../src/tokens/signing-key-store.ts'
import { createSigningKeys } from '../../src/tokens/signing-keys.ts'
import { verifyOwnToken } from '../../src/tokens/verify-own-token.ts'
import { aRegisteredAccount, aSessionOf, aTokenOf, refresh, tokenIn } from '../support/accounts.ts'
import { type Auth, startAuth, testSecrets } from '../support/start-auth.ts'

const services = {
  plain: await startAuth(),
  resealed: await startAuth(),
  rotated: await startAuth(),
  twins: await startAuth(),
}
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

test('goes on signing with its key when SECRET is replaced, and needs the one before no more', async () => {
  const { replica, context } = services.resealed
  const [before, after] = [testSecrets.SECRET, 'the secret that is put in its place']
  const { id } = await context.signingKeys.signer()
  const both = replica({ SECRET: `${after}\n${before}` })
  const signsAt = async (secret: string) => (await replica({ SECRET: secret }).signingKeys.signer()).id

  await both.signingKeys.reseal()

  expect((await both.signingKeys.signer()).id).toBe(id)
  expect(await signsAt(after)).toBe(id)
  expect(await signsAt(before)).not.toBe(id)
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

const memory = () => {
  const rows: StoredKey[] = []
  let reads = 0
  const sorted = () => [...rows].sort((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime())
  const store: SigningKeyStore = {
    async listKeys() {
      reads += 1
      return sorted()
    },
    async addKey(decide) {
      const key = await decide(sorted())
      if (key) rows.push(key)
    },
    async removeKeys(ids) {
      for (const id of ids)
        rows.splice(
          rows.findIndex((row) => row.id === id),
          1,
        )
    },
    async changeSeals(change) {
      for (const row of rows) row.sealedPrivate = change(row.sealedPrivate) ?? row.sealedPrivate
    },
  }
  const keysAt = (now: () => number) =>
    createSigningKeys({
      store,
      secret: () => ['a secret that only the tests know'],
      clock: () => new Date(now()),
      accessTokenLifetimeSeconds: 15 * 60,
    })
  return { keysAt, rows, reads: () => reads }
}

afterEach(() => void vi.useRealTimers())

test('signs with the old key until the new one takes over', async () => {
  const { keysAt } = memory()
  let now = start
  const keys = keysAt(() => now)
  const old = await keys.signer()
  await keys.rotate()

  const ids = []
  for (const minutes of [1, 9.9, 10]) {
    now = start + minutes * minute
    ids.push((await keys.signer()).id === old.id)
  }

  expect(ids).toEqual([true, true, false])
})

test('shows and keeps a key as long as a clock that is late may take its last token', async () => {
  const { keysAt, rows } = memory()
  let now = start
  const keys = keysAt(() => now)
  await keys.rotate()

  const counts = []
  for (const minutes of [25.9, 26.1]) {
    now = start + minutes * minute
    counts.push((await keys.published()).length, rows.length)
  }
  await keys.prune()

  expect(counts).toEqual([2, 2, 1, 2])
  expect(rows).toHaveLength(1)
})

test('learns of a key that another process made, without a question for each unknown one', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const { keysAt, reads } = memory()
  const [mine, other] = [keysAt(() => start), keysAt(() => start)]
  await mine.signer()
  await other.rotate()
  const [newest] = (await other.published()).map(({ kid }) => kid as string)
  const before = reads()

  for (let time = 0; time < 10; time += 1) await mine.find('unknown')
  const asked = reads() - before
  vi.advanceTimersByTime(1_001)

  expect(asked).toBe(0)
  expect(await mine.find(newest ?? '')).not.toBeNull()
})

test('reads the keys anew each minute', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const { keysAt } = memory()
  let now = start
  const [mine, other] = [keysAt(() => now), keysAt(() => now)]
  await mine.signer()
  await other.rotate()
  now = start + 11 * minute
  const old = await mine.signer()

  vi.advanceTimersByTime(60_001)
  await mine.signer()

  await expect.poll(async () => (await mine.signer()).id).not.toBe(old.id)
})

test('seals the same twice in two ways, and opens neither with another key nor after a change', () => {
  const [key, other] = [deriveKey('secret', 'one'), deriveKey('secret', 'two')]
  const plain = Buffer.from('a private key')

  const [first, second] = [seal(key, plain), seal(key, plain)]

  expect(first).not.toEqual(second)
  expect(unseal(key, first)).toEqual(plain)
  expect(unseal(other, first)).toBeNull()
  for (let at = 0; at < first.length; at += 1) {
    const changed = Buffer.from(first)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(unseal(key, changed)).toBeNull()
  }
})

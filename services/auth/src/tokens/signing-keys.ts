import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { derive, type Generations } from '@finity/kit/env/read-secret.ts'
import type { Clock } from '@finity/kit/process/clock.ts'
import { calculateJwkThumbprint, type JWK } from 'jose'
import { deriveKey } from '../secrets/derive-key.ts'
import { seal, unseal } from '../secrets/seal.ts'
import type { SigningKeyStore, StoredKey } from './signing-key-store.ts'

export type SigningKey = {
  id: string
  publicJwk: JWK
  publicKey: KeyObject
  /** Null when it was sealed under another SECRET: its tokens are still checked, it signs no more. */
  privateKey: KeyObject | null
  signsFrom: Date
}

export type SigningKeys = {
  /** The key that signs now; made when there is none. */
  signer: () => Promise<{ id: string; privateKey: KeyObject }>
  /** The public key of an id, or null. */
  find: (id: string) => Promise<KeyObject | null>
  /** What the key set shows: every key whose tokens may be about, and the next one ahead of its time. */
  published: () => Promise<JWK[]>
  /** Adds the key that takes over once every reader of the key set knows it; returns when. A second call changes nothing. */
  rotate: () => Promise<Date>
  /** Forgets the keys whose last token has expired. */
  prune: () => Promise<void>
  /** Seals the keys with the newest SECRET, so that the others may go. */
  reseal: () => Promise<void>
}

type Parts = {
  store: SigningKeyStore
  secret: Generations<string>
  clock: Clock
  accessTokenLifetimeSeconds: number
}

/** How long the HTTP answer may be cached. */
export const keySetMaxAgeSeconds = 300

/** Other processes learn of a new key in this time. */
const reloadMs = 60_000
/** A key id that nobody knows does not ask the database more often than this. */
const unknownKeyPauseMs = 1_000
/** A new key signs when every process and every cache of the key set has it, and some more. */
const overlapMs = reloadMs + keySetMaxAgeSeconds * 1_000 + 240_000
const clockSkewMs = 60_000

/** Ed25519 keys in the database, shared by all replicas; private halves are sealed with a key derived from SECRET. */
export function createSigningKeys({ store, secret, clock, accessTokenLifetimeSeconds }: Parts): SigningKeys {
  const sealingKeys = derive(secret, (value) => deriveKey(value, 'signing keys v1'))
  let keys: SigningKey[] = []
  let loadedAt = Number.NEGATIVE_INFINITY
  let loading: Promise<void> | null = null

  async function load(): Promise<void> {
    loading ??= readKeys().finally(() => {
      loading = null
    })
    return loading
  }

  async function readKeys(): Promise<void> {
    const stored = await store.listKeys()
    keys = stored.map((key) => openKey(key, sealingKeys()))
    loadedAt = performance.now()
  }

  /** Known keys serve at once, also while the database is away; what is old is read anew beside. */
  async function current(): Promise<SigningKey[]> {
    if (keys.length === 0) await load()
    else if (performance.now() - loadedAt > reloadMs) load().catch(() => {})
    return keys
  }

  function pickSigner(among: SigningKey[]): SigningKey | undefined {
    const usable = among.filter(({ privateKey }) => privateKey)
    return usable.find(({ signsFrom }) => signsFrom <= clock()) ?? usable.at(-1)
  }

  async function signer() {
    let key = pickSigner(await current())
    if (!key) {
      await store.addKey(async (stored) => {
        const isThere = pickSigner(stored.map((candidate) => openKey(candidate, sealingKeys())))
        return isThere ? null : makeKey(sealingKeys()[0], clock())
      })
      await load()
      key = pickSigner(keys)
    }
    if (!key?.privateKey) throw new Error('There is no signing key, although one was just made.')
    return { id: key.id, privateKey: key.privateKey }
  }

  async function find(id: string): Promise<KeyObject | null> {
    const lookUp = () => keys.find((key) => key.id === id)?.publicKey
    await current()
    if (!lookUp() && performance.now() - loadedAt > unknownKeyPauseMs) await load()
    return lookUp() ?? null
  }

  /** A key is needed until the last token from before its successor took over has expired. */
  function isRetired(_key: SigningKey, index: number, all: SigningKey[]): boolean {
    const successor = all[index - 1]
    if (!successor) return false
    const lastExpiry = successor.signsFrom.getTime() + accessTokenLifetimeSeconds * 1_000 + clockSkewMs
    return lastExpiry < clock().getTime()
  }

  return {
    signer,
    find,

    async published() {
      await signer()
      return keys.filter((...key) => !isRetired(...key)).map(({ publicJwk }) => publicJwk)
    },

    async rotate() {
      await signer()
      const now = clock()
      await store.addKey(async ([newest]) => {
        const isUnderWay = newest && newest.signsFrom > now
        return isUnderWay ? null : makeKey(sealingKeys()[0], new Date(now.getTime() + overlapMs))
      })
      await load()
      return keys[0]?.signsFrom ?? now
    },

    async prune() {
      await load()
      await store.removeKeys(keys.filter(isRetired).map(({ id }) => id))
      await load()
    },

    async reseal() {
      await store.changeSeals((sealed) => {
        const der = open(sealed, sealingKeys())
        return der && seal(sealingKeys()[0], der)
      })
      await load()
    },
  }
}

async function makeKey(sealingKey: Buffer, signsFrom: Date): Promise<StoredKey> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const jwk = publicKey.export({ format: 'jwk' }) as JWK
  const id = await calculateJwkThumbprint(jwk)
  const sealedPrivate = seal(sealingKey, privateKey.export({ format: 'der', type: 'pkcs8' }))
  return { id, publicJwk: { ...jwk, kid: id, alg: 'EdDSA', use: 'sig' }, sealedPrivate, signsFrom }
}

function openKey(
  { id, publicJwk, sealedPrivate, signsFrom }: StoredKey,
  sealingKeys: readonly Buffer[],
): SigningKey {
  const der = open(sealedPrivate, sealingKeys)
  const jwk = publicJwk as JWK
  return {
    id,
    publicJwk: jwk,
    publicKey: createPublicKey({ key: jwk, format: 'jwk' }),
    privateKey: der && createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
    signsFrom,
  }
}

/** With whichever key sealed it; null when none of these did. */
function open(sealed: Uint8Array, sealingKeys: readonly Buffer[]): Buffer | null {
  return sealingKeys.reduce<Buffer | null>((der, key) => der ?? unseal(key, sealed), null)
}

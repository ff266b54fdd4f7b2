import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint, type JWK } from 'jose'

export type SigningKey = {
  privateKey: KeyObject
  publicKey: KeyObject
  /** RFC 7638 thumbprint of the public key. */
  keyId: string
  publicJwk: JWK
}

const purpose = 'finity access token signing key v1'

/** The fixed start of a PKCS #8 structure that holds an Ed25519 seed of 32 bytes. Source: RFC 8410 section 7. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * An Ed25519 key derived from the secret by HKDF-SHA256 (RFC 5869): one secret is all that a team sets,
 * and tokens outlive restarts and are valid on every replica. Another secret makes another key, which ends all sessions.
 */
export async function deriveSigningKey(secret: string): Promise<SigningKey> {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = createPublicKey(privateKey)
  const jwk = publicKey.export({ format: 'jwk' }) as JWK
  const keyId = await calculateJwkThumbprint(jwk)
  return { privateKey, publicKey, keyId, publicJwk: { ...jwk, kid: keyId, alg: 'EdDSA', use: 'sig' } }
}

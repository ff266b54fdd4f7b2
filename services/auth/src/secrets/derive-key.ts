import { hkdfSync } from 'node:crypto'

/** A key of 32 bytes for one purpose, by HKDF-SHA256 (RFC 5869): a team sets one secret, and no two purposes share a key. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `finity ${purpose}`, 32))
}

import { createHash, createHmac, randomBytes } from 'node:crypto'

/**
 * A refresh token: two random parts that mean nothing to anybody else. The series names the session for its whole life;
 * the secret changes at each use. A known series with another secret is therefore an old token, used again.
 */
export type RefreshToken = { series: Buffer<ArrayBuffer>; secret: Buffer<ArrayBuffer> }

const seriesBytes = 16
const secretBytes = 32
const format = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/

export function newRefreshToken(): RefreshToken {
  return { series: randomBytes(seriesBytes), secret: randomBytes(secretBytes) }
}

export function newSalt(): Buffer<ArrayBuffer> {
  return randomBytes(secretBytes)
}

/**
 * The token after this one. Whoever sends the same token again gets the same successor, though nothing that is stored
 * would give it away: it takes the token and the salt.
 */
export function successorOf({ series, secret }: RefreshToken, salt: Uint8Array): RefreshToken {
  return { series, secret: createHmac('sha256', secret).update(salt).digest() }
}

/** What the database keeps. The parts are random and long, so that a fast hash is enough. */
export function hashPart(part: Uint8Array): Buffer<ArrayBuffer> {
  return createHash('sha256').update(part).digest()
}

export function writeRefreshToken({ series, secret }: RefreshToken): string {
  return `${series.toString('base64url')}.${secret.toString('base64url')}`
}

/** Null for what is no refresh token. */
export function readRefreshToken(text: string): RefreshToken | null {
  const [, series, secret] = format.exec(text) ?? []
  if (!series || !secret) return null
  return { series: Buffer.from(series, 'base64url'), secret: Buffer.from(secret, 'base64url') }
}

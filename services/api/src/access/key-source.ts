import { ServiceUnavailable } from '@finity/kit/http/http-errors.ts'
import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'

export type KeySource = {
  /** The public key that a token's header names. */
  resolve: JWTVerifyGetKey
  /** Resolves when at least one set of keys has been read. */
  load: () => Promise<void>
}

/** An unknown key id asks the auth service again, but not more often than this. */
const cooldownMs = 10_000
const timeoutMs = 2_000
const maxAgeMs = 600_000
/** After a failure the known keys serve alone for this long, so that requests do not wait for a service that is away. */
const pauseAfterFailureMs = 5_000

/** The auth service's keys, read over HTTP and kept. While it is away, the keys read last go on working. */
export function createKeySource(jwksUrl: string): KeySource {
  const remote = createRemoteJWKSet(new URL(jwksUrl), {
    cooldownDuration: cooldownMs,
    timeoutDuration: timeoutMs,
    cacheMaxAge: maxAgeMs,
  })
  let failedAt = Number.NEGATIVE_INFINITY

  async function load(): Promise<void> {
    if (remote.jwks()) return
    try {
      await remote.reload()
    } catch (error) {
      throw unreachable(error)
    }
  }

  const resolve: JWTVerifyGetKey = async (header, token) => {
    const known = remote.jwks()
    const isPaused = performance.now() - failedAt < pauseAfterFailureMs
    if (known && isPaused) return createLocalJWKSet(known)(header, token)
    try {
      return await remote(header, token)
    } catch (error) {
      if (isAboutTheToken(error)) throw error
      failedAt = performance.now()
      if (known) return createLocalJWKSet(known)(header, token)
      throw unreachable(error)
    }
  }

  return { resolve, load }
}

function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  )
}

function unreachable(cause: unknown): ServiceUnavailable {
  return new ServiceUnavailable('SIGNING_KEYS_UNAVAILABLE', 2, cause)
}

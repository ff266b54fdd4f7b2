import { readBearerToken } from '@finity/kit/http/read-bearer-token.ts'
import {
  type TokenRules,
  type TokenSubject,
  verifyAccessToken,
} from '@finity/kit/http/verify-access-token.ts'
import type { KeySource } from './key-source.ts'

/** Whom an Authorization header names by a valid access token, or Unauthorized. */
export type TokenVerifier = (authorization: string | undefined, now: Date) => Promise<TokenSubject>

const scheme = 'Bearer '

/**
 * Verifies a token's signature once and remembers whom it names until it expires: verifying costs more than many an answer.
 * Whether its session has ended is for its users to ask, each time.
 */
export function createTokenVerifier(
  keys: Pick<KeySource, 'resolve'>,
  rules: TokenRules,
  remembered = 5_000,
): TokenVerifier {
  const known = new Map<string, TokenSubject>()

  function remember(token: string, subject: TokenSubject): void {
    const [oldest] = known.keys()
    if (oldest !== undefined && known.size >= remembered) known.delete(oldest)
    known.set(token, subject)
  }

  return async (authorization, now) => {
    const subject = authorization?.startsWith(scheme)
      ? known.get(authorization.slice(scheme.length))
      : undefined
    if (subject && subject.expiresAt > now) return subject
    const token = readBearerToken(authorization)
    known.delete(token)
    const verified = await verifyAccessToken(token, keys.resolve, rules, now)
    remember(token, verified)
    return verified
  }
}

import { randomUUID } from 'node:crypto'
import type { TokenSubject } from '@finity/kit/http/verify-access-token.ts'
import { SignJWT } from 'jose'
import type { Context } from '../context.ts'

/**
 * A signed access token for a session, in the profile of RFC 9068; `sid` is the session, and `superuser` says what its account
 * may do elsewhere. Its lifetime comes from the configuration.
 */
export async function issueAccessToken(
  { config, clock, signingKeys }: Pick<Context, 'config' | 'clock' | 'signingKeys'>,
  { accountId, sessionId, isSuperuser }: Omit<TokenSubject, 'expiresAt'>,
): Promise<string> {
  const { id, privateKey } = await signingKeys.signer()
  const issuedAt = Math.floor(clock().getTime() / 1_000)
  return new SignJWT({ sid: sessionId, ...(isSuperuser && { superuser: true }) })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: id })
    .setIssuer(config.tokenIssuer)
    .setAudience(config.tokenAudience)
    .setSubject(accountId)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + config.accessTokenLifetimeSeconds)
    .setJti(randomUUID())
    .sign(privateKey)
}

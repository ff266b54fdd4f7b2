import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Context } from '../context.ts'

/** A signed access token for an account, in the profile of RFC 9068. Lifetime in seconds comes from the configuration. */
export function issueAccessToken({ config, clock, signingKey }: Context, accountId: string): Promise<string> {
  const issuedAt = Math.floor(clock().getTime() / 1_000)
  return new SignJWT()
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: signingKey.keyId })
    .setIssuer(config.tokenIssuer)
    .setAudience(config.tokenAudience)
    .setSubject(accountId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + config.accessTokenLifetimeSeconds)
    .setJti(randomUUID())
    .sign(signingKey.privateKey)
}

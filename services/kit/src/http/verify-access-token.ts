import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { Unauthorized } from './http-errors.ts'

/** Whom an access token names. */
export type TokenSubject = { accountId: string; sessionId: string; isSuperuser: boolean; expiresAt: Date }

export type TokenRules = { tokenIssuer: string; tokenAudience: string }

const claims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  superuser: z.boolean().default(false),
  exp: z.number(),
})

/** Clocks of two hosts may differ by this much. */
const clockToleranceSeconds = 5

/**
 * Whom a valid access token names, or Unauthorized. The algorithm is pinned and `findKey` looks in our own keys alone:
 * the token's header has no say in either (RFC 8725 sections 3.1 and 3.10).
 */
export async function verifyAccessToken(
  token: string,
  findKey: JWTVerifyGetKey,
  { tokenIssuer, tokenAudience }: TokenRules,
  now: Date,
): Promise<TokenSubject> {
  try {
    const { payload } = await jwtVerify(token, findKey, {
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      issuer: tokenIssuer,
      audience: tokenAudience,
      currentDate: now,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp'],
    })
    const { sub, sid, superuser, exp } = claims.parse(payload)
    return { accountId: sub, sessionId: sid, isSuperuser: superuser, expiresAt: new Date(exp * 1_000) }
  } catch (error) {
    const isItsFault = error instanceof errors.JOSEError || error instanceof z.ZodError
    throw isItsFault ? new Unauthorized(error) : error
  }
}

import { Unauthorized } from '@finity/kit/http/http-errors.ts'
import { errors, type JWTHeaderParameters, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Context } from '../context.ts'
import type { TokenSubject } from './issue-access-token.ts'

const claims = z.object({ sub: z.uuid(), sid: z.uuid() })

/** Clocks of two replicas may differ by this much. */
const clockToleranceSeconds = 5

/**
 * Whom a token names, or Unauthorized. The algorithm is pinned and the key comes from our own set alone:
 * the token's header has no say in either (RFC 8725 sections 3.1 and 3.10).
 */
export async function verifyAccessToken(
  { config, clock, signingKeys }: Pick<Context, 'config' | 'clock' | 'signingKeys'>,
  token: string,
): Promise<TokenSubject> {
  const findKey = async ({ kid }: JWTHeaderParameters) => {
    const key = kid === undefined ? null : await signingKeys.find(kid)
    if (!key) throw new Unauthorized()
    return key
  }
  try {
    const { payload } = await jwtVerify(token, findKey, {
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      issuer: config.tokenIssuer,
      audience: config.tokenAudience,
      currentDate: clock(),
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp'],
    })
    const { sub, sid } = claims.parse(payload)
    return { accountId: sub, sessionId: sid }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw new Unauthorized(error)
    throw error
  }
}

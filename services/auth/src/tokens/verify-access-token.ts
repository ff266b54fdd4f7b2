import { Unauthorized } from '@finity/kit/http/http-errors.ts'
import { jwtVerify } from 'jose'
import { z } from 'zod'
import type { Context } from '../context.ts'

const accountId = z.uuid()

/** The id of the account that a token names. The algorithm is pinned: the token's header has no say in it (RFC 8725 section 3.1). */
export async function verifyAccessToken(
  { config, clock, signingKey }: Context,
  token: string,
): Promise<string> {
  try {
    const { payload } = await jwtVerify(token, signingKey.publicKey, {
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      issuer: config.tokenIssuer,
      audience: config.tokenAudience,
      currentDate: clock(),
      requiredClaims: ['sub', 'exp'],
    })
    return accountId.parse(payload.sub)
  } catch (error) {
    throw new Unauthorized(error)
  }
}

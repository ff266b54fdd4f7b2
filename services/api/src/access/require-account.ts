import { AppError } from '@finity/kit/http/app-error.ts'
import type { RequestFacts } from '@finity/kit/http/define-route.ts'
import { Unauthorized } from '@finity/kit/http/http-errors.ts'
import { readBearerToken } from '@finity/kit/http/read-bearer-token.ts'
import { jwtVerify } from 'jose'
import { z } from 'zod'
import type { Context } from '../context.ts'

/** Whoever the token names. The auth service is not asked: its signature and its list of ended sessions are enough. */
export type Principal = { accountId: string }

const claims = z.object({ sub: z.uuid(), sid: z.string().optional() })

/** Clocks of two hosts may differ by this much. */
const clockToleranceSeconds = 5

/** The account that a valid access token names, or Unauthorized. The algorithm is pinned (RFC 8725 section 3.1). */
export function requireAccount({
  config,
  clock,
  keys,
  endedSessions,
}: Context): (request: RequestFacts) => Promise<Principal> {
  return async ({ header }) => {
    const token = readBearerToken(header('Authorization'))
    try {
      const { payload } = await jwtVerify(token, keys.resolve, {
        algorithms: ['EdDSA'],
        typ: 'at+jwt',
        issuer: config.tokenIssuer,
        audience: config.tokenAudience,
        currentDate: clock(),
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['sub', 'exp'],
      })
      const { sub, sid } = claims.parse(payload)
      if (sid !== undefined && endedSessions.has(sid)) throw new Unauthorized()
      return { accountId: sub }
    } catch (error) {
      if (error instanceof AppError) throw error
      throw new Unauthorized(error)
    }
  }
}

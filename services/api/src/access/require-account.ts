import type { RequestFacts } from '@finity/kit/http/define-route.ts'
import { Unauthorized } from '@finity/kit/http/http-errors.ts'
import { readBearerToken } from '@finity/kit/http/read-bearer-token.ts'
import { verifyAccessToken } from '@finity/kit/http/verify-access-token.ts'
import type { Context } from '../context.ts'

/** Whoever the token names. The auth service is not asked: its signature and its list of ended sessions are enough. */
export type Principal = { accountId: string }

/** The account that a valid access token of a living session names, or Unauthorized. */
export function requireAccount({
  config,
  clock,
  keys,
  endedSessions,
}: Context): (request: RequestFacts) => Promise<Principal> {
  return async ({ header }) => {
    const token = readBearerToken(header('Authorization'))
    const { accountId, sessionId } = await verifyAccessToken(token, keys.resolve, config, clock())
    if (endedSessions.has(sessionId)) throw new Unauthorized()
    return { accountId }
  }
}

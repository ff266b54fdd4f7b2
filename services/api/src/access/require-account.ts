import type { RequestFacts } from '@finity/kit/http/define-route.ts'
import { Forbidden, Unauthorized } from '@finity/kit/http/http-errors.ts'
import type { TokenSubject } from '@finity/kit/http/verify-access-token.ts'
import type { Context } from '../context.ts'

/** Whoever the token names. The auth service is not asked: its signature and its list of ended sessions are enough. */
export type Principal = TokenSubject

export type Guard = (request: RequestFacts) => Promise<Principal>

/** The account that a valid access token of a living session names, or Unauthorized. */
export function requireAccount({ clock, verifyToken, endedSessions }: Context): Guard {
  return async ({ header }) => {
    const principal = await verifyToken(header('Authorization'), clock())
    if (endedSessions.has(principal.sessionId)) throw new Unauthorized()
    return principal
  }
}

/** The same, for superusers only. */
export function requireSuperuser(context: Context): Guard {
  const requireAny = requireAccount(context)
  return async (request) => {
    const principal = await requireAny(request)
    if (!principal.isSuperuser) throw new Forbidden()
    return principal
  }
}

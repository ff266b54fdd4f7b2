import type { RequestFacts } from '@finity/kit/http/define-route.ts'
import { Forbidden, Unauthorized } from '@finity/kit/http/http-errors.ts'
import { readBearerToken } from '@finity/kit/http/read-bearer-token.ts'
import type { Account } from '../accounts/account-store.ts'
import type { Context } from '../context.ts'
import { verifyOwnToken } from '../tokens/verify-own-token.ts'

export type Principal = { account: Account; sessionId: string }

type Guard = (request: RequestFacts) => Promise<Principal>

/** The active account and the live session whose token comes with the request, or Unauthorized. */
export function requireSession(context: Context): Guard {
  return async ({ header }) => {
    const owner = await verifyOwnToken(context, readBearerToken(header('Authorization')))
    const account = await context.sessions.findSessionAccount(owner, context.clock())
    if (!account?.isActive) throw new Unauthorized()
    return { account, sessionId: owner.sessionId }
  }
}

/** As requireSession; Forbidden when the address must be verified and is not. */
export function requireAccount(context: Context): Guard {
  const authenticate = requireSession(context)
  return async (request) => {
    const principal = await authenticate(request)
    if (context.config.requireVerifiedAddress && !principal.account.isVerified) throw new Forbidden()
    return principal
  }
}

export function requireSuperuser(context: Context): Guard {
  const authenticate = requireAccount(context)
  return async (request) => {
    const principal = await authenticate(request)
    if (!principal.account.isSuperuser) throw new Forbidden()
    return principal
  }
}

import type { RequestFacts } from '@finity/kit/http/define-route.ts'
import { Unauthorized } from '@finity/kit/http/http-errors.ts'
import { requireAccount } from '../access/require-account.ts'
import type { Context } from '../context.ts'

/** Who may read a file: its owner, or whoever has a link to it that the owner was given. */
export type Reader = { ownerId: string | null }

/** A bearer token, or the signature of a link whose time is not over and whose session lives. */
export function requireReader(context: Context): (request: RequestFacts) => Promise<Reader> {
  const requireOwner = requireAccount(context)
  return async (request) => {
    if (request.query('signature') === undefined) {
      const { accountId } = await requireOwner(request)
      return { ownerId: accountId }
    }
    if (!isGoodLink(context, request)) throw new Unauthorized()
    return { ownerId: null }
  }
}

function isGoodLink({ links, clock, endedSessions }: Context, { path, query }: RequestFacts): boolean {
  const [expires = '', session = '', signature = ''] = ['expires', 'session', 'signature'].map(query)
  return (
    links.isSigned(path, { expires, session, signature }) &&
    Number(expires) * 1_000 > clock().getTime() &&
    !endedSessions.has(session)
  )
}

import type { RequestFacts, RouteAnswer } from '@finity/kit/http/define-route.ts'
import type { Principal } from '../access/require-account.ts'
import type { Context, Stores } from '../context.ts'
import { IdempotencyKeyReused } from './errors.ts'
import type { Claim, FirstAnswer } from './idempotency-store.ts'
import { readClaim } from './read-claim.ts'

/** How long a first answer is given again. */
export const keptMs = 86_400_000

/**
 * Does `work` in one transaction with keeping its answer under the request's Idempotency-Key: the same request again gets that
 * answer, and two at once wait for each other. What fails is not kept. Without a key it is just done.
 */
export async function answerOnce<A extends RouteAnswer>(
  context: Context,
  principal: Principal,
  request: RequestFacts,
  parts: unknown[],
  work: (stores: Stores) => Promise<A>,
): Promise<A> {
  const claim = readClaim(principal, request, parts)
  if (!claim) return context.transact(work)
  const now = context.clock()
  const expiredAt = new Date(now.getTime() - keptMs)
  return context.transact(async (stores) => {
    if (!(await stores.idempotency.claimKey(claim, now, expiredAt))) {
      const first = await stores.idempotency.findAnswer(claim, expiredAt)
      return replay<A>(claim, first as FirstAnswer)
    }
    const answer = await work(stores)
    await stores.idempotency.keepAnswer(claim, answer)
    return answer
  })
}

/** The answer that the request's key already has. For work that is best not even begun a second time. */
export async function findFirstAnswer<A extends RouteAnswer>(
  { idempotency, clock }: Context,
  principal: Principal,
  request: RequestFacts,
  parts: unknown[],
): Promise<A | null> {
  const claim = readClaim(principal, request, parts)
  if (!claim) return null
  const first = await idempotency.findAnswer(claim, new Date(clock().getTime() - keptMs))
  return first && replay(claim, first)
}

/** As the route that gave it declares it: the fingerprint says that it is the same route. */
export function replay<A extends RouteAnswer>(claim: Claim, { fingerprint, answer }: FirstAnswer): A {
  if (Buffer.compare(fingerprint, claim.fingerprint) !== 0) throw new IdempotencyKeyReused()
  return { ...(answer as A), headers: { ...answer.headers, 'Idempotency-Replayed': 'true' } }
}

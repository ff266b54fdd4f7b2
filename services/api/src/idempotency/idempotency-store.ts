import type { RouteAnswer } from '@finity/kit/http/define-route.ts'
import type { Prisma } from '../../generated/prisma/client.ts'

/** A key of an account, with what it was sent for. */
export type Claim = { accountId: string; key: string; fingerprint: Uint8Array }

export type FirstAnswer = { fingerprint: Uint8Array; answer: RouteAnswer }

export type IdempotencyStore = {
  /**
   * Takes a key that nobody has, or had only before `expiredAt`. Whoever has it in another transaction is waited for.
   * False: it has its answer.
   */
  claimKey: (claim: Claim, now: Date, expiredAt: Date) => Promise<boolean>
  /** Given by a request after `expiredAt`. */
  findAnswer: (claim: Pick<Claim, 'accountId' | 'key'>, expiredAt: Date) => Promise<FirstAnswer | null>
  keepAnswer: (claim: Pick<Claim, 'accountId' | 'key'>, answer: RouteAnswer) => Promise<void>
  forgetAnswers: (givenBefore: Date) => Promise<number>
}

export function createIdempotencyStore(database: Prisma.TransactionClient): IdempotencyStore {
  return {
    async claimKey({ accountId, key, fingerprint }, now, expiredAt) {
      const claimed = await database.$executeRaw`
        insert into idempotency_key as known (account_id, key, fingerprint, answer, created_at)
        values (${accountId}::uuid, ${key}, ${fingerprint}, 'null', ${now})
        on conflict (account_id, key) do update
        set fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at
        where known.created_at <= ${expiredAt}`
      return claimed > 0
    },

    async findAnswer({ accountId, key }, expiredAt) {
      const found = await database.idempotencyKey.findUnique({
        where: { accountId_key: { accountId, key }, createdAt: { gt: expiredAt } },
      })
      return found && { fingerprint: found.fingerprint, answer: found.answer as RouteAnswer }
    },

    async keepAnswer({ accountId, key }, answer) {
      await database.$executeRaw`
        update idempotency_key set answer = ${JSON.stringify(answer)}::jsonb
        where account_id = ${accountId}::uuid and key = ${key}`
    },

    async forgetAnswers(givenBefore) {
      const { count } = await database.idempotencyKey.deleteMany({
        where: { createdAt: { lte: givenBefore } },
      })
      return count
    },
  }
}

import type { Prisma } from '../../generated/prisma/client.ts'

/** Removes what belongs to an account, whichever feature made it. */
export type ErasureStore = {
  /** Some documents, in the trash or not. Returns how many: none when none is left. */
  eraseDocuments: (accountId: string, limit: number) => Promise<number>
  /** The rows of media; the sweep of media finds bytes without one. */
  eraseMedia: (accountId: string) => Promise<void>
  /** Counts of usage and answers to requests with an Idempotency-Key. */
  eraseRecords: (accountId: string) => Promise<void>
}

export function createErasureStore(database: Prisma.TransactionClient): ErasureStore {
  return {
    // Each half of the union has its index.
    eraseDocuments: (accountId, limit) => database.$executeRaw`
      delete from document where id in (
        select id from document where owner_id = ${accountId}::uuid and trashed_at is null
        union all
        select id from document where owner_id = ${accountId}::uuid and trashed_at is not null
        limit ${limit}
      )`,

    async eraseMedia(accountId) {
      await database.media.deleteMany({ where: { ownerId: accountId } })
    },

    async eraseRecords(accountId) {
      await database.idempotencyKey.deleteMany({ where: { accountId } })
      await database.usage.deleteMany({ where: { accountId } })
    },
  }
}

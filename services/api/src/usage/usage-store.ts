import type { Prisma } from '../../generated/prisma/client.ts'

/** What an account has, as its plan counts it. Documents in the trash and media that are deleted do not count. */
export type Usage = { documents: number; storageBytes: number }

export type UsageLimits = { documents: number | null; storageBytes: number | null }

export type UsageStore = {
  readUsage: (accountId: string) => Promise<Usage>
  /**
   * Adds to the counts, negative numbers take away. False, and nothing is added, when a count would then be beyond its limit
   * (null: none); what takes away is never refused. Locks the account's counts until the transaction ends.
   */
  changeUsage: (accountId: string, change: Partial<Usage>, limits?: UsageLimits) => Promise<boolean>
}

const unlimited: UsageLimits = { documents: null, storageBytes: null }

export function createUsageStore(database: Prisma.TransactionClient): UsageStore {
  return {
    async readUsage(accountId) {
      const found = await database.usage.findUnique({ where: { accountId } })
      return { documents: found?.documents ?? 0, storageBytes: Number(found?.storageBytes ?? 0) }
    },

    async changeUsage(accountId, { documents = 0, storageBytes = 0 }, limits = unlimited) {
      // One statement: the row is locked for as short as can be.
      const changed = await database.$executeRaw`
        insert into usage as known (account_id, documents, storage_bytes)
        select ${accountId}::uuid, greatest(${documents}::int, 0), greatest(${storageBytes}::bigint, 0)
        where ${documents}::int <= coalesce(${limits.documents}::int, 2147483647)
          and ${storageBytes}::bigint <= coalesce(${limits.storageBytes}::bigint, 9223372036854775807)
        on conflict (account_id) do update
        set documents = greatest(known.documents + ${documents}::int, 0),
            storage_bytes = greatest(known.storage_bytes + ${storageBytes}::bigint, 0)
        where (${documents}::int <= 0
               or known.documents + ${documents}::int <= coalesce(${limits.documents}::int, 2147483647))
          and (${storageBytes}::bigint <= 0
               or known.storage_bytes + ${storageBytes}::bigint <= coalesce(${limits.storageBytes}::bigint, 9223372036854775807))`
      return changed > 0
    },
  }
}

import type { Prisma } from '../../generated/prisma/client.ts'

export type DeletedAccount = { position: number; accountId: string; deletedAt: Date }

export type DeletedAccountStore = {
  /** By position, which only grows: none ever appears before one that was listed. A trigger notes them. */
  listDeletedAccounts: (after: number, limit: number) => Promise<DeletedAccount[]>
  /** Of the account deleted last; 0 when there was none. */
  findLastPosition: () => Promise<number>
}

export function createDeletedAccountStore(database: Prisma.TransactionClient): DeletedAccountStore {
  return {
    async listDeletedAccounts(after, limit) {
      const deleted = await database.deletedAccount.findMany({
        where: { position: { gt: after } },
        orderBy: { position: 'asc' },
        take: limit,
      })
      return deleted.map((account) => ({ ...account, position: Number(account.position) }))
    },

    async findLastPosition() {
      const { _max } = await database.deletedAccount.aggregate({ _max: { position: true } })
      return Number(_max.position ?? 0)
    },
  }
}

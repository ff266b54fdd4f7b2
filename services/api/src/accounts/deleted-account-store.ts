import type { Prisma } from '../../generated/prisma/client.ts'

/** How far auth's list of deleted accounts was read: the last account, and its position there. */
export type FeedPlace = { position: number; accountId: string }

export type DeletedAccountStore = {
  /** Null at the beginning of the list. */
  findPlace: () => Promise<FeedPlace | null>
  /** False when somebody else moved on from there meanwhile. */
  movePlace: (from: FeedPlace | null, to: FeedPlace) => Promise<boolean>
  noteDeleted: (accounts: { accountId: string; deletedAt: Date }[]) => Promise<void>
  isDeleted: (accountId: string) => Promise<boolean>
  noteErased: (accountId: string, now: Date) => Promise<void>
  /** To begin at the beginning of the list again. */
  forgetList: () => Promise<void>
}

export function createDeletedAccountStore(database: Prisma.TransactionClient): DeletedAccountStore {
  return {
    async findPlace() {
      const place = await database.accountFeed.findFirst()
      return place && { position: Number(place.position), accountId: place.accountId }
    },

    async movePlace(from, to) {
      const { count } = from
        ? await database.accountFeed.updateMany({ where: from, data: to })
        : await database.accountFeed.createMany({ data: to, skipDuplicates: true })
      return count === 1
    },

    async noteDeleted(accounts) {
      await database.deletedAccount.createMany({ data: accounts, skipDuplicates: true })
    },

    async isDeleted(accountId) {
      return (await database.deletedAccount.count({ where: { accountId } })) > 0
    },

    async noteErased(accountId, now) {
      await database.deletedAccount.updateMany({ where: { accountId }, data: { erasedAt: now } })
    },

    async forgetList() {
      await database.accountFeed.deleteMany()
      await database.deletedAccount.deleteMany()
    },
  }
}

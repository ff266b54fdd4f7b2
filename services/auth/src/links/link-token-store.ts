import type { Prisma } from '../../generated/prisma/client.ts'

export type LinkPurpose = 'verify' | 'reset'

export type LinkTokenStore = {
  /** Replaces the token that the account had for this purpose. */
  putToken: (token: {
    accountId: string
    purpose: LinkPurpose
    tokenHash: Buffer<ArrayBuffer>
    expiresAt: Date
  }) => Promise<void>
  /** The account of a token that is still good, or null. */
  findTokenOwner: (tokenHash: Buffer<ArrayBuffer>, purpose: LinkPurpose, now: Date) => Promise<string | null>
  /** True for exactly one of many callers. */
  consumeToken: (tokenHash: Buffer<ArrayBuffer>) => Promise<boolean>
  removeTokens: (accountId: string) => Promise<void>
  pruneTokens: (before: Date) => Promise<number>
}

export function createLinkTokenStore(database: Prisma.TransactionClient): LinkTokenStore {
  return {
    async putToken({ accountId, purpose, tokenHash, expiresAt }) {
      await database.linkToken.upsert({
        where: { accountId_purpose: { accountId, purpose } },
        create: { accountId, purpose, tokenHash, expiresAt },
        update: { tokenHash, expiresAt },
      })
    },

    async findTokenOwner(tokenHash, purpose, now) {
      const token = await database.linkToken.findFirst({
        where: { tokenHash, purpose, expiresAt: { gt: now } },
      })
      return token?.accountId ?? null
    },

    async consumeToken(tokenHash) {
      const { count } = await database.linkToken.deleteMany({ where: { tokenHash } })
      return count === 1
    },

    async removeTokens(accountId) {
      await database.linkToken.deleteMany({ where: { accountId } })
    },

    async pruneTokens(before) {
      const { count } = await database.linkToken.deleteMany({ where: { expiresAt: { lt: before } } })
      return count
    },
  }
}

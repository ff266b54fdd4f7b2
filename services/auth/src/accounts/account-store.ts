import type { PrismaClient } from '../../generated/prisma/client.ts'

export type Account = {
  id: string
  email: string
  hashedPassword: string
  isActive: boolean
  isSuperuser: boolean
  isVerified: boolean
}

export type AccountStore = {
  /** The new account, or null when the address is taken, whatever its case. */
  addAccount: (account: Pick<Account, 'email' | 'hashedPassword'>) => Promise<Account | null>
  findAccountById: (id: string) => Promise<Account | null>
  findAccountByEmail: (email: string) => Promise<Account | null>
}

const uniqueViolation = 'P2002'

export function createAccountStore(database: PrismaClient): AccountStore {
  return {
    async addAccount(data) {
      try {
        return await database.account.create({ data })
      } catch (error) {
        // The index decides, so two registrations at once cannot both pass.
        if ((error as { code?: unknown }).code === uniqueViolation) return null
        throw error
      }
    },

    findAccountById: (id) => database.account.findUnique({ where: { id } }),

    async findAccountByEmail(email) {
      // Prisma's own insensitive comparison is ILIKE, which reads _ as a wildcard and uses no index.
      const [account] = await database.$queryRaw<Account[]>`
        select id, email, hashed_password as "hashedPassword", is_active as "isActive",
               is_superuser as "isSuperuser", is_verified as "isVerified"
        from "user" where lower(email) = lower(${email})`
      return account ?? null
    },
  }
}

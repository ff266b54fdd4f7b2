import type { Prisma } from '../../generated/prisma/client.ts'

export type Account = {
  id: string
  email: string
  hashedPassword: string
  isActive: boolean
  isSuperuser: boolean
  isVerified: boolean
}

export type ListedAccount = Account & { createdAt: Date; sessions: number }

/** Where an account stands in the list. */
export type AccountPlace = Pick<ListedAccount, 'createdAt' | 'id'>

export type AccountQuery = {
  /** A part of the address, whatever its case. */
  part: string
  before?: AccountPlace | undefined
  limit: number
  /** Sessions that live now, and were refreshed since, are counted. */
  now: Date
  idleSince: Date
}

export type AccountStore = {
  /** The new account, or null when the address is taken, whatever its case. */
  addAccount: (account: Pick<Account, 'email' | 'hashedPassword'>) => Promise<Account | null>
  findAccountById: (id: string) => Promise<Account | null>
  findAccountByEmail: (email: string) => Promise<Account | null>
  /** The account as it is until the transaction ends: nobody else changes it, and no session of it begins. */
  lockAccount: (id: string) => Promise<Account | null>
  /** Newest first. */
  listAccounts: (query: AccountQuery) => Promise<ListedAccount[]>
  /** Throws AddressTaken when another account has the address. */
  changeAccount: (id: string, change: Partial<Omit<Account, 'id'>>) => Promise<Account>
  /** Puts a new hash in the place of this very old one. */
  replaceHash: (id: string, from: string, to: string) => Promise<void>
  /** False when it is verified already, or has another address by now. */
  markVerified: (id: string, email: string) => Promise<boolean>
  /** False when there is none. */
  removeAccount: (id: string) => Promise<boolean>
}

/** The unique index refused an address. */
export class AddressTaken extends Error {}

const uniqueViolation = 'P2002'

function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: unknown }).code === uniqueViolation
}

export function createAccountStore(database: Prisma.TransactionClient): AccountStore {
  return {
    async addAccount({ email, hashedPassword }) {
      // The index decides, so two registrations at once cannot both pass; a violation would end the transaction.
      const [account] = await database.$queryRaw<Account[]>`
        insert into "user" (email, hashed_password) values (${email}, ${hashedPassword})
        on conflict (lower(email)) do nothing
        returning id, email, hashed_password as "hashedPassword", is_active as "isActive",
                  is_superuser as "isSuperuser", is_verified as "isVerified"`
      return account ?? null
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

    async lockAccount(id) {
      const [account] = await database.$queryRaw<Account[]>`
        select id, email, hashed_password as "hashedPassword", is_active as "isActive",
               is_superuser as "isSuperuser", is_verified as "isVerified"
        from "user" where id = ${id}::uuid for update`
      return account ?? null
    },

    listAccounts: ({ part, before, limit, now, idleSince }) => database.$queryRaw<ListedAccount[]>`
      select id, email, hashed_password as "hashedPassword", is_active as "isActive",
             is_superuser as "isSuperuser", is_verified as "isVerified", created_at as "createdAt",
             (select count(*)::int from session
              where user_id = "user".id and expires_at > ${now} and refreshed_at > ${idleSince}) as sessions
      from "user"
      where strpos(lower(email), lower(${part})) > 0
        and (created_at, id) < (${before?.createdAt ?? 'infinity'}::timestamptz, ${before?.id ?? null}::uuid)
      order by created_at desc, id desc
      limit ${limit}`,

    async changeAccount(id, change) {
      try {
        return await database.account.update({ where: { id }, data: change })
      } catch (error) {
        if (isUniqueViolation(error)) throw new AddressTaken()
        throw error
      }
    },

    async replaceHash(id, from, to) {
      await database.account.updateMany({ where: { id, hashedPassword: from }, data: { hashedPassword: to } })
    },

    async markVerified(id, email) {
      const { count } = await database.account.updateMany({
        where: { id, email, isVerified: false },
        data: { isVerified: true },
      })
      return count === 1
    },

    async removeAccount(id) {
      const { count } = await database.account.deleteMany({ where: { id } })
      return count === 1
    },
  }
}

import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts'

export type StoredKey = {
  /** RFC 7638 thumbprint of the public key. */
  id: string
  publicJwk: unknown
  sealedPrivate: Uint8Array<ArrayBuffer>
  signsFrom: Date
}

export type SigningKeyStore = {
  /** Newest first. */
  listKeys: () => Promise<StoredKey[]>
  /** Adds what `decide` makes of the keys there are; nobody else adds one meanwhile. */
  addKey: (decide: (keys: StoredKey[]) => Promise<StoredKey | null>) => Promise<void>
  removeKeys: (ids: string[]) => Promise<void>
  /** Puts what `change` makes of each sealed half in its place; null leaves it. Nobody adds a key meanwhile. */
  changeSeals: (change: (sealed: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | null) => Promise<void>
}

/** Any number, as long as every release uses the same: it names the lock under which a key is added. */
const keyLock = 4_618_007_252

export function createSigningKeyStore(database: PrismaClient): SigningKeyStore {
  return {
    listKeys: () => listKeys(database),

    async addKey(decide) {
      await database.$transaction(async (transaction) => {
        await lockKeys(transaction)
        const key = await decide(await listKeys(transaction))
        if (key) await transaction.signingKey.create({ data: { ...key, publicJwk: key.publicJwk as object } })
      })
    },

    async removeKeys(ids) {
      await database.signingKey.deleteMany({ where: { id: { in: ids } } })
    },

    async changeSeals(change) {
      await database.$transaction(async (transaction) => {
        await lockKeys(transaction)
        for (const { id, sealedPrivate } of await listKeys(transaction)) {
          const sealed = change(sealedPrivate)
          if (sealed) await transaction.signingKey.update({ where: { id }, data: { sealedPrivate: sealed } })
        }
      })
    },
  }
}

async function lockKeys(transaction: Prisma.TransactionClient): Promise<void> {
  await transaction.$executeRaw`select pg_advisory_xact_lock(${keyLock})`
}

function listKeys(database: Prisma.TransactionClient): Promise<StoredKey[]> {
  return database.signingKey.findMany({ orderBy: { signsFrom: 'desc' } })
}

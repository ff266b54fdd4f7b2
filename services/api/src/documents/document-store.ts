import { Prisma } from '../../generated/prisma/client.ts'

export type Document = {
  id: string
  ownerId: string
  title: string
  content: string
  tags: string[]
  /** Counts the changes, moves to the trash and back among them. */
  version: number
  createdAt: Date
  updatedAt: Date
  trashedAt: Date | null
}

export type DocumentChanges = Partial<
  Pick<Document, 'title' | 'content' | 'tags' | 'updatedAt' | 'trashedAt'>
>

/** Every question names the owner, so no answer can hold another account's document. */
export type DocumentStore = {
  findDocument: (ownerId: string, id: string) => Promise<Document | null>
  /** The same, and nobody else changes it until the transaction ends. */
  lockDocument: (ownerId: string, id: string) => Promise<Document | null>
  /** Makes the next version of a document. */
  changeDocument: (ownerId: string, id: string, changes: DocumentChanges) => Promise<Document>
  removeDocument: (ownerId: string, id: string) => Promise<void>
  /** Removes at most `limit` documents that went to the trash then or before, of one owner or of all, and says how many. */
  removeTrash: (trashedBy: Date, limit: number, ownerId?: string) => Promise<number>
}

/** What the database generates is not read with it. */
const omit = { excerpt: true } as const

export function createDocumentStore(database: Prisma.TransactionClient): DocumentStore {
  const findDocument: DocumentStore['findDocument'] = (ownerId, id) =>
    database.document.findUnique({ where: { id, ownerId }, omit })

  return {
    findDocument,

    async lockDocument(ownerId, id) {
      const locked = await database.$queryRaw<unknown[]>`
        select 1 from document where id = ${id}::uuid and owner_id = ${ownerId}::uuid for update`
      return locked.length === 0 ? null : findDocument(ownerId, id)
    },

    changeDocument: (ownerId, id, changes) =>
      database.document.update({
        where: { id, ownerId },
        data: { ...changes, version: { increment: 1 } },
        omit,
      }),

    async removeDocument(ownerId, id) {
      await database.document.deleteMany({ where: { id, ownerId } })
    },

    removeTrash(trashedBy, limit, ownerId) {
      // Locked first, and all in one order: what is being restored meanwhile is looked at again and stays.
      const owner = ownerId ? Prisma.sql`and owner_id = ${ownerId}::uuid` : Prisma.empty
      return database.$executeRaw`
        delete from document where id in (
          select id from document where trashed_at <= ${trashedBy} ${owner}
          order by trashed_at, id limit ${limit} for update)`
    },
  }
}

import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts'
import type { PageCursor } from './page-cursor.ts'

export type Document = {
  id: string
  ownerId: string
  title: string
  content: string
  createdAt: Date
  updatedAt: Date
}

export type DocumentSummary = Pick<Document, 'id' | 'title' | 'createdAt' | 'updatedAt'> & { excerpt: string }

export type DocumentChanges = { title?: string; content?: string; updatedAt: Date }

/** Every question names the owner, so no answer can hold another account's document. */
export type DocumentStore = {
  addDocument: (document: Document) => Promise<Document>
  findDocument: (ownerId: string, id: string) => Promise<Document | null>
  /** The changed document, or null when the owner has none with this id. */
  changeDocument: (ownerId: string, id: string, changes: DocumentChanges) => Promise<Document | null>
  /** Whether there was something to remove. */
  removeDocument: (ownerId: string, id: string) => Promise<boolean>
  /** Newest change first, at most `limit`, beginning after `after`. */
  listDocuments: (ownerId: string, limit: number, after: PageCursor | undefined) => Promise<DocumentSummary[]>
}

const excerptCharacters = 200

export function createDocumentStore(database: PrismaClient): DocumentStore {
  return {
    addDocument: (data) => database.document.create({ data }),

    findDocument: (ownerId, id) => database.document.findUnique({ where: { id, ownerId } }),

    async changeDocument(ownerId, id, data) {
      const [changed] = await database.document.updateManyAndReturn({ where: { id, ownerId }, data })
      return changed ?? null
    },

    async removeDocument(ownerId, id) {
      const { count } = await database.document.deleteMany({ where: { id, ownerId } })
      return count > 0
    },

    listDocuments(ownerId, limit, after) {
      // In SQL, because a page needs the beginnings of contents only, and one row comparison follows the index.
      const afterCursor = after
        ? Prisma.sql`and (updated_at, id) < (${after.updatedAt}::timestamptz, ${after.id}::uuid)`
        : Prisma.empty
      return database.$queryRaw<DocumentSummary[]>`
        select id, title, left(content, ${excerptCharacters}) as excerpt,
               created_at as "createdAt", updated_at as "updatedAt"
        from document where owner_id = ${ownerId}::uuid ${afterCursor}
        order by updated_at desc, id desc limit ${limit}`
    },
  }
}

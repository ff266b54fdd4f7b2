import type { Context } from '../context.ts'
import type { DocumentPlace, DocumentSummary, ListQuestion } from './list-store.ts'
import { writeCursor } from './page-cursor.ts'

export type PageRequest = ListQuestion & { limit: number; after: DocumentPlace | undefined }

export type DocumentPage = { documents: DocumentSummary[]; nextCursor: string | null }

/** One row more than asked for tells whether another page follows. */
export async function listDocuments(
  { documentLists }: Context,
  ownerId: string,
  { limit, after, ...question }: PageRequest,
): Promise<DocumentPage> {
  const found = await documentLists.listDocuments(ownerId, question, limit + 1, after)
  const documents = found.slice(0, limit)
  const last = documents.at(-1)
  return { documents, nextCursor: last && found.length > limit ? writeCursor(question, last) : null }
}

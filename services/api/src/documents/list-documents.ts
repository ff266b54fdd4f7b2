import type { Context } from '../context.ts'
import type { DocumentSummary } from './document-store.ts'
import { type PageCursor, writeCursor } from './page-cursor.ts'

export type PageRequest = { limit: number; cursor?: PageCursor | undefined }

export type DocumentPage = { documents: DocumentSummary[]; nextCursor: string | null }

/** One row more than asked for tells whether another page follows. */
export async function listDocuments(
  context: Context,
  ownerId: string,
  page: PageRequest,
): Promise<DocumentPage> {
  const found = await context.documents.listDocuments(ownerId, page.limit + 1, page.cursor)
  const documents = found.slice(0, page.limit)
  const last = documents.at(-1)
  return { documents, nextCursor: last && found.length > page.limit ? writeCursor(last) : null }
}

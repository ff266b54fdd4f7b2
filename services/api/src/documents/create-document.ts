import type { Context } from '../context.ts'
import type { Document } from './document-store.ts'
import { uuidV7 } from './uuid-v7.ts'

export type DocumentDraft = { title: string; content: string }

export function createDocument(
  { clock, documents }: Context,
  ownerId: string,
  draft: DocumentDraft,
): Promise<Document> {
  const now = clock()
  const { title, content } = draft
  return documents.addDocument({ id: uuidV7(now), ownerId, title, content, createdAt: now, updatedAt: now })
}

import type { Context, Stores } from '../context.ts'
import { takeDocumentPlace } from '../subscriptions/take-from-plan.ts'
import type { Document } from './document-store.ts'
import { uuidV7 } from './uuid-v7.ts'

export type DocumentDraft = Pick<Document, 'title' | 'content' | 'tags'>

/** For inside a transaction: a document takes a place of the plan, last, because the account's counts are locked from then on. */
export async function createDocument(
  { clock }: Context,
  stores: Stores,
  ownerId: string,
  { title, content, tags }: DocumentDraft,
): Promise<Document> {
  const now = clock()
  const document = await stores.documents.addDocument({
    id: uuidV7(now),
    ownerId,
    title,
    content,
    tags,
    version: 1,
    createdAt: now,
    updatedAt: now,
    trashedAt: null,
  })
  await takeDocumentPlace(stores, ownerId)
  return document
}

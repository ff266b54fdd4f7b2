import type { Context, Stores } from '../context.ts'
import type { Document } from './document-store.ts'
import { DocumentNotFound } from './errors.ts'
import { requireDocumentId } from './require-document-id.ts'

/** Does `work` with a document that nobody else changes meanwhile, all of it or nothing. */
export function holdDocument<T>(
  { transact }: Pick<Context, 'transact'>,
  ownerId: string,
  id: string,
  work: (document: Document, stores: Stores) => Promise<T>,
): Promise<T> {
  const knownId = requireDocumentId(id)
  return transact(async (stores) => {
    const document = await stores.documents.lockDocument(ownerId, knownId)
    if (!document) throw new DocumentNotFound()
    return work(document, stores)
  })
}

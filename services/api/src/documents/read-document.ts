import type { Context } from '../context.ts'
import type { Document } from './document-store.ts'
import { DocumentNotFound } from './errors.ts'
import { requireDocumentId } from './require-document-id.ts'

export async function readDocument({ documents }: Context, ownerId: string, id: string): Promise<Document> {
  const document = await documents.findDocument(ownerId, requireDocumentId(id))
  if (!document) throw new DocumentNotFound()
  return document
}

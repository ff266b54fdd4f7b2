import type { Context } from '../context.ts'
import { DocumentNotFound } from './errors.ts'
import { requireDocumentId } from './require-document-id.ts'

export async function deleteDocument({ documents }: Context, ownerId: string, id: string): Promise<void> {
  const wasRemoved = await documents.removeDocument(ownerId, requireDocumentId(id))
  if (!wasRemoved) throw new DocumentNotFound()
}

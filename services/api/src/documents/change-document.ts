import type { Context } from '../context.ts'
import type { Document } from './document-store.ts'
import { DocumentNotFound } from './errors.ts'
import { readDocument } from './read-document.ts'
import { requireDocumentId } from './require-document-id.ts'

export type Changes = { title?: string | undefined; content?: string | undefined }

/** Changes what is given and leaves the rest. Nothing given changes nothing, not even the time. */
export async function changeDocument(
  context: Context,
  ownerId: string,
  id: string,
  changes: Changes,
): Promise<Document> {
  const { title, content } = changes
  if (title === undefined && content === undefined) return readDocument(context, ownerId, id)
  const changed = await context.documents.changeDocument(ownerId, requireDocumentId(id), {
    ...(title !== undefined && { title }),
    ...(content !== undefined && { content }),
    updatedAt: context.clock(),
  })
  if (!changed) throw new DocumentNotFound()
  return changed
}

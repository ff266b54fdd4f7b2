import type { Context } from '../context.ts'
import { takeDocumentPlace } from '../subscriptions/take-from-plan.ts'
import type { Document } from './document-store.ts'
import { DocumentNotInTrash } from './errors.ts'
import { holdDocument } from './hold-document.ts'

/** Into the trash, where it takes no place of the plan. One that is there already stays as it is. */
export async function trashDocument(context: Context, ownerId: string, id: string): Promise<void> {
  await holdDocument(context, ownerId, id, async ({ trashedAt }, { documents, usage }) => {
    if (trashedAt) return
    await documents.changeDocument(ownerId, id, { trashedAt: context.clock() })
    await usage.changeUsage(ownerId, { documents: -1 })
  })
}

/** Out of the trash, with the order in lists that it had. One that is not there stays as it is. */
export function restoreDocument(context: Context, ownerId: string, id: string): Promise<Document> {
  return holdDocument(context, ownerId, id, async (document, stores) => {
    if (!document.trashedAt) return document
    await takeDocumentPlace(stores, ownerId)
    return stores.documents.changeDocument(ownerId, id, { trashedAt: null })
  })
}

/** Gone for good. */
export async function removeDocument(context: Context, ownerId: string, id: string): Promise<void> {
  await holdDocument(context, ownerId, id, async ({ trashedAt }, { documents }) => {
    if (!trashedAt) throw new DocumentNotInTrash()
    await documents.removeDocument(ownerId, id)
  })
}

import { hasCode } from '../../../lib/failures.ts'
import { createDocument } from '../api/create-document.ts'
import { getDocument } from '../api/get-document.ts'
import { updateDocument } from '../api/update-document.ts'
import { type Document, type Draft, isSameDraft, toDraft } from '../document.ts'
import type { Base, KeptDraft } from './kept-drafts.ts'

/** The document has another version than the one that the draft was made on, and says something else. */
export class ChangedElsewhere extends Error {
  readonly theirs: Document

  constructor(theirs: Document) {
    super('the document was changed elsewhere')
    this.theirs = theirs
  }
}

/** Resolves with what was sent and the document that it made. */
export async function sendDraft(kept: KeptDraft): Promise<{ sent: Draft; document: Document }> {
  const sent = kept.creation?.draft ?? toDraft(kept.draft)
  return { sent, document: await send(kept, sent) }
}

function send({ documentId, base, creation }: KeptDraft, draft: Draft): Promise<Document> {
  if (creation) return createDocument(creation.draft, creation.idempotencyKey)
  if (documentId === null || base === null) throw new Error('neither new nor known')
  return updateDocument(documentId, base.version, draft).catch((failure) => {
    if (!hasCode(failure, 'DOCUMENT_CHANGED')) throw failure
    return meetChange(documentId, base, draft)
  })
}

/** Not every change is a conflict: an answer that got lost leaves the very text that is sent again. */
async function meetChange(id: string, base: Base, draft: Draft): Promise<Document> {
  const theirs = await getDocument(id)
  if (isSameDraft(theirs, draft)) return theirs
  if (theirs.updated_at === base.updatedAt) return updateDocument(id, theirs.version, draft)
  throw new ChangedElsewhere(theirs)
}

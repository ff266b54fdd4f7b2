import { api } from '../../../lib/api/client.ts'
import type { Document, Draft } from '../document.ts'

/** Browsers let requests outlive their page up to 64 KiB; a character takes at most 3 bytes, an escaped one 6. */
const OUTLIVING_LENGTH = 10_000

/** Refused with DOCUMENT_CHANGED unless `version` is still the current one. */
export function updateDocument(id: string, version: number, draft: Draft): Promise<Document> {
  return api.PATCH('/api/documents/{id}', {
    params: { path: { id }, header: { 'If-Match': `"${version}"` } },
    body: draft,
    keepalive: draft.content.length <= OUTLIVING_LENGTH,
  })
}

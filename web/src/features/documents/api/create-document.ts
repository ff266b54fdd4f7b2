import { api } from '../../../lib/api/client.ts'
import type { Document, Draft } from '../document.ts'

/** The key makes a repetition of the same request harmless. */
export function createDocument(draft: Draft, idempotencyKey: string): Promise<Document> {
  return api.POST('/api/documents', {
    params: { header: { 'Idempotency-Key': idempotencyKey } },
    body: draft,
  })
}

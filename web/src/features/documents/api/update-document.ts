import { request } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import type { Document, Draft } from '../document.ts'

export function updateDocument(id: string, draft: Draft): Promise<Document> {
  return request<Document>(endpoints.document(id), { method: 'PATCH', json: draft })
}

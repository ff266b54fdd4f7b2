import { request } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import type { Document, Draft } from '../document.ts'

export function createDocument(draft: Draft): Promise<Document> {
  return request<Document>(endpoints.documents, { method: 'POST', json: draft })
}

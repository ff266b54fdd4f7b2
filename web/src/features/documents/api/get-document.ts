import { useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import type { Document } from '../document.ts'
import { documentKeys } from '../document-keys.ts'

export function getDocument(id: string, signal?: AbortSignal): Promise<Document> {
  return api.GET('/api/documents/{id}', { params: { path: { id } }, ...(signal && { signal }) })
}

export function useDocument(id: string | null) {
  return useQuery({
    queryKey: documentKeys.one(id ?? ''),
    queryFn: ({ signal }) => getDocument(id ?? '', signal),
    enabled: id !== null,
  })
}

import { useQuery } from '@tanstack/react-query'
import { request } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import type { Document } from '../document.ts'
import { documentKeys } from '../document-keys.ts'

function getDocument(id: string, signal: AbortSignal): Promise<Document> {
  return request<Document>(endpoints.document(id), { signal })
}

export function useDocument(id: string | null) {
  return useQuery({
    queryKey: documentKeys.one(id ?? ''),
    queryFn: ({ signal }) => getDocument(id ?? '', signal),
    enabled: id !== null,
    // Text does not change under the eyes of someone who comes back to this window to write.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

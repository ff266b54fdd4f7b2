import { useInfiniteQuery } from '@tanstack/react-query'
import { request } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import type { DocumentSummary } from '../document.ts'
import { documentKeys } from '../document-keys.ts'

const PAGE_SIZE = 20

type DocumentPage = { items: DocumentSummary[]; next_cursor: string | null }

function listDocuments(cursor: string | null, signal: AbortSignal): Promise<DocumentPage> {
  const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...(cursor && { cursor }) })
  return request<DocumentPage>(`${endpoints.documents}?${query}`, { signal })
}

/** The account's documents, the newest change first, one page after the other. */
export function useDocuments() {
  return useInfiniteQuery({
    queryKey: documentKeys.list,
    queryFn: ({ pageParam, signal }) => listDocuments(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  })
}

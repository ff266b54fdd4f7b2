import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import type { DocumentFilter } from '../document-filter.ts'
import { documentKeys } from '../document-keys.ts'

const PAGE_SIZE = 20

function listDocuments({ search, tag, sort }: DocumentFilter, cursor: string | null, signal: AbortSignal) {
  const query = {
    limit: PAGE_SIZE,
    sort,
    ...(search && { q: search }),
    ...(tag && { tag }),
    ...(cursor && { cursor }),
  }
  return api.GET('/api/documents', { params: { query }, signal })
}

function listTrash(cursor: string | null, signal: AbortSignal) {
  const query = { limit: PAGE_SIZE, trashed: 'true' as const, ...(cursor && { cursor }) }
  return api.GET('/api/documents', { params: { query }, signal })
}

type Page = Awaited<ReturnType<typeof listTrash>>

const paging = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: Page) => page.next_cursor,
  select: ({ pages }: { pages: Page[] }) => pages.flatMap((page) => page.items),
}

/** The account's documents, one page after the other. While another choice loads, the last one stays. */
export function useDocuments(filter: DocumentFilter) {
  return useInfiniteQuery({
    queryKey: documentKeys.list(filter),
    queryFn: ({ pageParam, signal }) => listDocuments(filter, pageParam, signal),
    placeholderData: keepPreviousData,
    ...paging,
  })
}

/** What was deleted, the last one first. */
export function useTrash() {
  return useInfiniteQuery({
    queryKey: documentKeys.trash,
    queryFn: ({ pageParam, signal }) => listTrash(pageParam, signal),
    ...paging,
  })
}

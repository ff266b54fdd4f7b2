import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { auth } from '../../../lib/api/client.ts'
import { adminKeys } from '../admin.ts'

const PAGE_SIZE = 20

/** Accounts whose address contains a part, the newest first. */
export function useAccounts(part: string) {
  return useInfiniteQuery({
    queryKey: adminKeys.accountsWith(part),
    queryFn: ({ pageParam: cursor, signal }) =>
      auth.GET('/users', {
        params: { query: { limit: PAGE_SIZE, ...(part && { q: part }), ...(cursor && { cursor }) } },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
    placeholderData: keepPreviousData,
  })
}

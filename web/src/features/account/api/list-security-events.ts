import { useInfiniteQuery } from '@tanstack/react-query'
import { auth } from '../../../lib/api/client.ts'
import { securityKeys } from '../security-keys.ts'

const PAGE_SIZE = 20

/** What happened to the account's security, the newest first. */
export function useSecurityEvents() {
  return useInfiniteQuery({
    queryKey: securityKeys.events,
    queryFn: ({ pageParam, signal }) =>
      auth.GET('/auth/security-events', {
        params: { query: { limit: PAGE_SIZE, ...(pageParam !== null && { before: pageParam }) } },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  })
}

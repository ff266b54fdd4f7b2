import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import type { MediaFilter } from '../media.ts'
import { mediaKeys } from '../media-keys.ts'
import { pauseUntilRefresh } from '../pause-until-refresh.ts'

const PAGE_SIZE = 40

/** The account's files, the newest first. The list is asked for again until all previews are made, and before links end. */
export function useMediaList(filter: MediaFilter) {
  return useInfiniteQuery({
    queryKey: mediaKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      api.GET('/api/media', { params: { query: asQuery(filter, pageParam) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    select: ({ pages }) => pages.flatMap((page) => page.items),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      pauseUntilRefresh(state.data?.pages.flatMap((page) => page.items) ?? [], Date.now()),
  })
}

function asQuery({ kind, name, deleted }: MediaFilter, cursor: string | null) {
  return {
    limit: PAGE_SIZE,
    ...(cursor && { cursor }),
    ...(kind && { kind }),
    ...(name && { q: name }),
    ...(deleted && { deleted: 'true' as const }),
  }
}

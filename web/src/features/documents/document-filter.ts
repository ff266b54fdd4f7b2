import type { Sort } from './document.ts'

/** What the list shows, and in which order. */
export type DocumentFilter = { search: string; tag: string | null; sort: Sort }

export const DEFAULT_SORT: Sort = '-updated_at'

export const sorts: readonly Sort[] = [
  '-updated_at',
  'updated_at',
  '-created_at',
  'created_at',
  'title',
  '-title',
]

/** It stands in the address, so that the way back and a kept link show the same. */
export function readFilter(query: URLSearchParams): DocumentFilter {
  const sort = query.get('sort') as Sort
  return {
    search: query.get('q') ?? '',
    tag: query.get('tag') || null,
    sort: sorts.includes(sort) ? sort : DEFAULT_SORT,
  }
}

export function writeFilter({ search, tag, sort }: DocumentFilter): URLSearchParams {
  return new URLSearchParams({
    ...(search && { q: search }),
    ...(tag && { tag }),
    ...(sort !== DEFAULT_SORT && { sort }),
  })
}

export function isFiltered({ search, tag }: DocumentFilter): boolean {
  return search !== '' || tag !== null
}

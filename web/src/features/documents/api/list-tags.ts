import { useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import { documentKeys } from '../document-keys.ts'

/** The tags of the account's documents, the most used first. */
export function useTags() {
  return useQuery({
    queryKey: documentKeys.tags,
    queryFn: ({ signal }) => api.GET('/api/tags', { signal }),
    select: ({ items }) => items,
  })
}

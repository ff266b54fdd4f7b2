import { useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'

/** What can be had here, the smallest first. */
export function usePlans() {
  return useQuery({
    queryKey: ['plans'],
    queryFn: ({ signal }) => api.GET('/api/plans', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import { adminKeys, LOOK_AGAIN_MS } from '../admin.ts'

/** How everything is, asked for again while the page is looked at. */
export function useSystem() {
  return useQuery({
    queryKey: adminKeys.system,
    queryFn: ({ signal }) => api.GET('/api/system', { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  })
}

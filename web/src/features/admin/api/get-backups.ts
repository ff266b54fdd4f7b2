import { useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import { adminKeys, LOOK_AGAIN_MS } from '../admin.ts'

/** How the backups are. Apart from the rest of the system: nobody waits for a sidecar that does not answer. */
export function useBackups() {
  return useQuery({
    queryKey: adminKeys.backups,
    queryFn: ({ signal }) => api.GET('/api/system/backups', { signal }),
    refetchInterval: LOOK_AGAIN_MS,
  })
}

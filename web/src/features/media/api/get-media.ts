import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import type { Media } from '../media.ts'
import { mediaKeys } from '../media-keys.ts'
import { pauseUntilRefresh } from '../pause-until-refresh.ts'

/** One file; what a list already knows of it is shown at once. */
export function useMedia(id: string, known?: Media) {
  return useQuery({
    queryKey: mediaKeys.one(id),
    queryFn: ({ signal }) => api.GET('/api/media/{id}', { params: { path: { id } }, signal }),
    ...(known && { placeholderData: known }),
    refetchInterval: ({ state }) => (state.data ? pauseUntilRefresh([state.data], Date.now()) : false),
  })
}

/** For a link that does not work any more: everything is asked for again, with new ones, once for however many links. */
export function useRenewLinks() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: ['media'] }, { cancelRefetch: false })
}

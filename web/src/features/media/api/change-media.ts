import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import { showNotice } from '../../../lib/notices.ts'
import { mediaText } from '../../../text/media.ts'
import type { Media } from '../media.ts'
import { mediaKeys } from '../media-keys.ts'

type Change = { name?: string; alt_text?: string }

/** Renames a file, or says what it shows. The failure is a notice too, for whoever has left already. */
export function useChangeMedia({ id, name }: Media) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: Change) => api.PATCH('/api/media/{id}', { params: { path: { id } }, body: change }),
    onSuccess: (media) => {
      queryClient.setQueryData(mediaKeys.one(id), media)
      return queryClient.invalidateQueries({ queryKey: mediaKeys.lists })
    },
    onError: () => showNotice(mediaText.details.notSaved(name)),
  })
}

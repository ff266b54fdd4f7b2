import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import { describeFailure } from '../../../lib/describe-failure.ts'
import { isHttpFailure } from '../../../lib/failures.ts'
import { showNotice } from '../../../lib/notices.ts'
import { commonText } from '../../../text/common.ts'
import { mediaText } from '../../../text/media.ts'
import type { Media } from '../media.ts'
import { mediaKeys } from '../media-keys.ts'
import { useRefreshMedia } from './refresh-media.ts'
import { useRestoreMedia } from './restore-media.ts'

type Pages = InfiniteData<{ items: Media[] }>

async function deleteMedia({ id }: Media): Promise<void> {
  try {
    await api.DELETE('/api/media/{id}', { params: { path: { id } } })
  } catch (failure) {
    // Deleted already is what was asked for.
    if (!isHttpFailure(failure, 404)) throw failure
  }
}

/** Nobody is asked first, and the file is out of sight at once: what was deleted can be brought back. */
export function useDeleteMedia() {
  const queryClient = useQueryClient()
  const refresh = useRefreshMedia()
  const restore = useRestoreMedia()
  return useMutation({
    mutationFn: deleteMedia,
    onMutate: async (media) => {
      // An answer that is on its way still has it.
      await queryClient.cancelQueries({ queryKey: mediaKeys.lists })
      queryClient.setQueriesData<Pages>({ queryKey: mediaKeys.lists }, (pages) => without(pages, media))
    },
    onSuccess: (_answer, media) =>
      showNotice(mediaText.deleted(media.name), { label: commonText.undo, run: () => restore.mutate(media) }),
    onError: (failure, media) =>
      showNotice(`${mediaText.deleteFailed(media.name)} ${describeFailure(failure).message}`),
    onSettled: (_answer, _failure, { id }) => {
      queryClient.removeQueries({ queryKey: mediaKeys.one(id) })
      return refresh()
    },
  })
}

function without(data: Pages | undefined, { id }: Media): Pages | undefined {
  if (!data) return data
  const pages = data.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) }))
  return { ...data, pages }
}

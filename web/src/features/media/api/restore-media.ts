import { useMutation } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import { describeFailure } from '../../../lib/describe-failure.ts'
import { hasCode } from '../../../lib/failures.ts'
import { showNotice } from '../../../lib/notices.ts'
import { mediaText } from '../../../text/media.ts'
import type { Media } from '../media.ts'
import { useRefreshMedia } from './refresh-media.ts'

export function useRestoreMedia() {
  const refresh = useRefreshMedia()
  return useMutation({
    mutationFn: ({ id }: Media) => api.POST('/api/media/{id}/restore', { params: { path: { id } } }),
    onSuccess: (media) => showNotice(mediaText.restored(media.name)),
    onError: (failure, media) => showNotice(describeRefusal(failure, media)),
    onSettled: refresh,
  })
}

function describeRefusal(failure: unknown, { name }: Media): string {
  if (hasCode(failure, 'PLAN_LIMIT_REACHED')) return mediaText.noRoomToRestore(name)
  return `${mediaText.restoreFailed(name)} ${describeFailure(failure).message}`
}

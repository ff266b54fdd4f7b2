import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { operations } from '../../../lib/api/api-schema.d.ts'
import { api } from '../../../lib/api/client.ts'
import { describeFailure } from '../../../lib/describe-failure.ts'
import { hasCode } from '../../../lib/failures.ts'
import { showNotice } from '../../../lib/notices.ts'
import { documentsText } from '../../../text/documents.ts'
import { documentKeys } from '../document-keys.ts'

type Attached = operations['listAttachedMedia']['responses'][200]['content']['application/json']['items']

/** The files of a document, in the order in which they were added. What a file needs to stay shown, the caller knows. */
export function useAttachedMedia(
  documentId: string,
  pauseUntilRefresh: (media: Attached, now: number) => number | false,
) {
  return useQuery({
    queryKey: documentKeys.media(documentId),
    queryFn: ({ signal }) =>
      api.GET('/api/documents/{id}/media', { params: { path: { id: documentId } }, signal }),
    select: ({ items }) => items,
    refetchInterval: ({ state }) => pauseUntilRefresh(state.data?.items ?? [], Date.now()),
  })
}

/** Adds a file to a document, or takes it off. */
export function useChangeAttachment(documentId: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ mediaId, isAttached }: { mediaId: string; isAttached: boolean }) => {
      const call = isAttached ? api.PUT : api.DELETE
      return call('/api/documents/{id}/media/{media_id}', {
        params: { path: { id: documentId, media_id: mediaId } },
      })
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: documentKeys.media(documentId) }),
    onError: (failure) => showNotice(describeRefusal(failure)),
  })
}

function describeRefusal(failure: unknown): string {
  return hasCode(failure, 'TOO_MANY_MEDIA')
    ? documentsText.files.tooMany(Number(failure.problem.facts.allowed))
    : describeFailure(failure).message
}

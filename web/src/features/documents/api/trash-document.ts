import { useMutation, useQueryClient } from '@tanstack/react-query'
import { describePlanLimit } from '../../../components/upgrade-offer.tsx'
import { api } from '../../../lib/api/client.ts'
import { describeFailure } from '../../../lib/describe-failure.ts'
import { hasCode, isHttpFailure } from '../../../lib/failures.ts'
import { showNotice } from '../../../lib/notices.ts'
import { commonText } from '../../../text/common.ts'
import { documentsText } from '../../../text/documents.ts'
import { forgetInLists, rememberDocument } from './remember-document.ts'

type Deletion = { id: string; title: string }

async function trashDocument({ id }: Deletion): Promise<void> {
  try {
    await api.DELETE('/api/documents/{id}', { params: { path: { id } } })
  } catch (failure) {
    // Deleted already is what was asked for.
    if (!isHttpFailure(failure, 404)) throw failure
  }
}

/** Into the trash, without a question: the notice about it offers the way back. */
export function useTrashDocument() {
  const queryClient = useQueryClient()
  const { mutate: restore } = useRestoreDocument()
  return useMutation({
    mutationFn: trashDocument,
    onSuccess: (_answer, { id, title }) => {
      forgetInLists(queryClient, id)
      showNotice(documentsText.deleted(title), { label: commonText.undo, run: () => restore(id) })
    },
    onError: (failure) => showNotice(describeFailure(failure).message),
  })
}

export function useRestoreDocument() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.POST('/api/documents/{id}/restore', { params: { path: { id } } }),
    onSuccess: (document) => {
      forgetInLists(queryClient, document.id)
      rememberDocument(queryClient, document)
      showNotice(documentsText.trash.restored(document.title))
    },
    onError: (failure) => showNotice(describeRefusal(failure)),
  })
}

function describeRefusal(failure: unknown): string {
  return hasCode(failure, 'PLAN_LIMIT_REACHED')
    ? describePlanLimit(failure)
    : describeFailure(failure).message
}

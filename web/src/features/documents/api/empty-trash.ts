import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import { changeLists } from './remember-document.ts'

/** Deletes one document of the trash for good, or all of them. */
export function useEmptyTrash() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string | null) =>
      id === null
        ? api.DELETE('/api/documents', { params: { query: { trashed: 'true' } } })
        : api.DELETE('/api/documents/{id}', { params: { path: { id }, query: { forever: 'true' } } }),
    onSuccess: (_answer, id) =>
      changeLists(queryClient, (items) =>
        items.filter((item) => item.trashed_at === null || (id !== null && item.id !== id)),
      ),
  })
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isHttpFailure } from '../../../lib/failures.ts'
import { request } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import { documentKeys } from '../document-keys.ts'

async function deleteDocument(id: string): Promise<void> {
  try {
    await request(endpoints.document(id), { method: 'DELETE' })
  } catch (failure) {
    // Deleted already is what was asked for.
    if (!isHttpFailure(failure, 404)) throw failure
  }
}

export function useDeleteDocument(id: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => deleteDocument(id),
    onSuccess: () => queryClient.removeQueries({ queryKey: documentKeys.list }),
  })
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import { isHttpFailure } from '../../../lib/failures.ts'
import { adminKeys, type DeadLetter } from '../admin.ts'

export function useRetryDeadLetter() {
  return useSettle((id) => api.POST('/api/system/dead-letters/{id}/retry', { params: { path: { id } } }))
}

export function useRemoveDeadLetter() {
  return useSettle((id) => api.DELETE('/api/system/dead-letters/{id}', { params: { path: { id } } }))
}

function useSettle(settle: (id: string) => Promise<unknown>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ id }: DeadLetter) => {
      try {
        await settle(id)
      } catch (failure) {
        // Somebody else has seen to it.
        if (!isHttpFailure(failure, 404)) throw failure
      }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: adminKeys.system }),
  })
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { auth } from '../../../lib/api/client.ts'
import { describeFailure } from '../../../lib/describe-failure.ts'
import { hasCode } from '../../../lib/failures.ts'
import { showNotice } from '../../../lib/notices.ts'
import { accountText } from '../../../text/account.ts'
import type { AccountSession } from '../account.ts'
import { securityKeys } from '../security-keys.ts'

const words = accountText.sessions

async function endSession({ id }: AccountSession): Promise<void> {
  try {
    await auth.DELETE('/auth/sessions/{id}', { params: { path: { id } } })
  } catch (failure) {
    // Ended already is what was asked for.
    if (!hasCode(failure, 'SESSION_NOT_FOUND')) throw failure
  }
}

export function useEndSession() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: endSession,
    onSuccess: (_answer, { device }) => showNotice(words.ended(device)),
    onError: sayFailure,
    onSettled: refresh,
  })
}

export function useEndOtherSessions() {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: () => auth.DELETE('/auth/sessions'),
    onSuccess: ({ ended }) => showNotice(words.othersEnded(ended)),
    onError: sayFailure,
    onSettled: refresh,
  })
}

function useRefresh() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: securityKeys.all })
}

function sayFailure(failure: unknown) {
  showNotice(`${words.endFailed} ${describeFailure(failure).message}`)
}

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { visitorAuth } from '../../../lib/api/visitor-client.ts'
import { askAnew } from '../../../lib/ask-anew.ts'
import { hasCode } from '../../../lib/failures.ts'
import { accountKey } from '../account.ts'

async function verifyAddress(token: string): Promise<void> {
  try {
    await visitorAuth.POST('/auth/verify', { body: { token } })
  } catch (failure) {
    if (!hasCode(failure, 'VERIFY_USER_ALREADY_VERIFIED')) throw failure
  }
}

/** Confirms the address that the token was sent to. A query, so that a page that is rendered twice asks once. */
export function useVerifyAddress(token: string) {
  const queryClient = useQueryClient()
  return useQuery({
    queryKey: ['verify', token],
    queryFn: async () => {
      await verifyAddress(token)
      void askAnew(queryClient, accountKey)
      return true
    },
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
}

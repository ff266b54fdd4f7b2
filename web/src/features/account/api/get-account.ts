import { useQuery } from '@tanstack/react-query'
import { auth } from '../../../lib/api/client.ts'
import { useSession } from '../../../lib/session.ts'
import { accountKey } from '../account.ts'

/** The account that is signed in. */
export function useAccount() {
  const { accountId } = useSession()
  return useQuery({
    queryKey: accountKey,
    queryFn: ({ signal }) => auth.GET('/users/me', { signal }),
    enabled: accountId !== null,
  })
}

import { useQuery } from '@tanstack/react-query'
import { request } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import { useSession } from '../../../lib/session.ts'
import { type Account, accountKey } from '../account.ts'

/** The account that is signed in. */
export function useAccount() {
  const { accountId } = useSession()
  return useQuery({
    queryKey: accountKey,
    queryFn: ({ signal }) => request<Account>(endpoints.currentAccount, { signal }),
    enabled: accountId !== null,
  })
}

import { useQuery } from '@tanstack/react-query'
import { auth } from '../../../lib/api/client.ts'
import { securityKeys } from '../security-keys.ts'

/** Where the account is signed in, last used first. */
export function useSessions() {
  return useQuery({
    queryKey: securityKeys.sessions,
    queryFn: ({ signal }) => auth.GET('/auth/sessions', { signal }),
    select: ({ items }) => items,
  })
}

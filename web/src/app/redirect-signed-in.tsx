import { Navigate, Outlet, useSearchParams } from 'react-router'
import { RETURN_PARAMETER } from '../lib/paths.ts'
import { safeReturnPath } from '../lib/return-path.ts'
import { useSession } from '../lib/session.ts'

/** Around the pages for visitors: whoever is signed in, or signs in here or in another tab, goes on. */
export function RedirectSignedIn() {
  const { accountId } = useSession()
  const [query] = useSearchParams()
  return accountId ? <Navigate replace to={safeReturnPath(query.get(RETURN_PARAMETER))} /> : <Outlet />
}

import { Outlet } from 'react-router'
import { FailureMessage } from '../components/failure-message.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { useAccount } from '../features/account/api/get-account.ts'
import { NotFoundPage } from './routes/not-found.tsx'

/** Around the pages of superusers: for everybody else there is nothing at their addresses. */
export function RequireSuperuser() {
  const account = useAccount()
  if (account.data) return account.data.is_superuser ? <Outlet /> : <NotFoundPage />
  if (account.isError) return <FailureMessage failure={account.error} onRetry={() => account.refetch()} />
  return <Skeleton rows={1} size="page" />
}

import { useQuery } from '@tanstack/react-query'
import { FailureMessage } from '../components/failure-message.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { renewSession } from '../lib/renew-session.ts'

/** Stands in for every page until it is known whether this browser is still signed in. */
export function ResumeSession() {
  const resumption = useQuery({
    queryKey: ['resumption'],
    queryFn: async () => {
      await renewSession()
      return true
    },
    gcTime: 0,
  })
  return resumption.isError ? (
    <FailureMessage failure={resumption.error} onRetry={() => resumption.refetch()} />
  ) : (
    <Skeleton rows={1} size="page" />
  )
}

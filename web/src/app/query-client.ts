import { QueryClient } from '@tanstack/react-query'
import { currentConnection, subscribeToConnection } from '../lib/connection.ts'
import { HttpFailure, isPassing } from '../lib/failures.ts'
import { currentSession, subscribeToSession } from '../lib/session.ts'

const MAX_RETRIES = 2
const MAX_RETRY_DELAY_MS = 5000

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Being offline shows a sentence and a retry, not an endless wait.
      networkMode: 'always',
      retry: (failureCount, failure) => failureCount < MAX_RETRIES && isPassing(failure),
      retryDelay,
      staleTime: 5000,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

function retryDelay(failureCount: number, failure: unknown): number {
  const askedSeconds = failure instanceof HttpFailure ? failure.retryAfterSeconds : null
  const delayMs = askedSeconds === null ? 500 * 2 ** failureCount : askedSeconds * 1000
  return Math.min(delayMs, MAX_RETRY_DELAY_MS)
}

let { accountId } = currentSession()

// What one account was shown is never shown to the next.
subscribeToSession(() => {
  const next = currentSession()
  if (next.accountId !== accountId) queryClient.clear()
  accountId = next.accountId
})

// What failed for want of a connection is there without anyone asking again.
subscribeToConnection(() => {
  if (currentConnection() !== 'up') return
  queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' })
})

import { useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import { subscriptionKey } from '../billing.ts'

const POLL_MS = 2000

/** The account's plan, its limits and what is used of them. */
export function useSubscription() {
  return useQuery({
    queryKey: subscriptionKey,
    queryFn: ({ signal }) => api.GET('/api/subscription', { signal }),
  })
}

/** The same, asked for again until something is paid for: the news of a payment may come after its payer. */
export function usePaidSubscription(isAwaited: boolean) {
  return useQuery({
    queryKey: subscriptionKey,
    queryFn: ({ signal }) => api.GET('/api/subscription', { signal }),
    refetchInterval: ({ state }) => (isAwaited && state.data?.plan === 'free' ? POLL_MS : false),
  })
}

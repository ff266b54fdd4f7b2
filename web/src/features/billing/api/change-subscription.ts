import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import { type PaidPlanName, type Subscription, subscriptionKey } from '../billing.ts'

export function useChangePlan() {
  return useSubscriptionChange((plan: PaidPlanName) =>
    api.POST('/api/subscription/change', { body: { plan } }),
  )
}

export function useCancelPlan() {
  return useSubscriptionChange((_: undefined) => api.POST('/api/subscription/cancel'))
}

export function useResumePlan() {
  return useSubscriptionChange((_: undefined) => api.POST('/api/subscription/resume'))
}

/** The answer is the subscription as it is now; after a refusal, what is shown was old. */
function useSubscriptionChange<Choice>(change: (choice: Choice) => Promise<Subscription>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (subscription) => queryClient.setQueryData(subscriptionKey, subscription),
    onError: () => queryClient.invalidateQueries({ queryKey: subscriptionKey }),
  })
}

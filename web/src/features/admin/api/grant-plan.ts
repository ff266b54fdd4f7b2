import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../../lib/api/client.ts'
import { showNotice } from '../../../lib/notices.ts'
import { adminText } from '../../../text/admin.ts'
import { commonText } from '../../../text/common.ts'
import { adminKeys, type ListedAccount, type PlanName } from '../admin.ts'
import { describeAdminFailure } from '../describe-admin-failure.ts'

/** The plan of an account. */
export function useGrant(accountId: string) {
  return useQuery({
    queryKey: adminKeys.grant(accountId),
    queryFn: ({ signal }) =>
      api.GET('/api/subscriptions/{account_id}', { params: { path: { account_id: accountId } }, signal }),
  })
}

export function usePlanLabels() {
  return useQuery({
    queryKey: ['plans'],
    queryFn: ({ signal }) => api.GET('/api/plans', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    select: ({ items }) => items.map(({ name, label }) => ({ name, label })),
  })
}

type Change = { to: PlanName; from: PlanName }

/** Gives an account a plan by hand. Nobody is asked first: the notice gives the one before back. */
export function useGrantPlan({ id, email }: ListedAccount, labelOf: (plan: PlanName) => string) {
  const queryClient = useQueryClient()
  const grant = useMutation({
    mutationFn: ({ to }: Change) =>
      api.PUT('/api/subscriptions/{account_id}', {
        params: { path: { account_id: id } },
        body: { plan: to },
      }),
    onSuccess: (answer, { from, to }) => {
      queryClient.setQueryData(adminKeys.grant(id), answer)
      const undo = () => grant.mutate({ to: from, from: to })
      showNotice(adminText.users.planDone(email, labelOf(to)), { label: commonText.undo, run: undo })
    },
    onError: (failure) => {
      showNotice(describeAdminFailure(failure))
      return queryClient.invalidateQueries({ queryKey: adminKeys.grant(id) })
    },
  })
  return grant
}

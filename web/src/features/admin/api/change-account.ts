import { useMutation, useQueryClient } from '@tanstack/react-query'
import { auth } from '../../../lib/api/client.ts'
import { showNotice } from '../../../lib/notices.ts'
import { adminText } from '../../../text/admin.ts'
import { commonText } from '../../../text/common.ts'
import { adminKeys, type ListedAccount } from '../admin.ts'
import { describeAdminFailure } from '../describe-admin-failure.ts'

const words = adminText.users

export type AccountFlag = 'is_active' | 'is_verified' | 'is_superuser'

const done = {
  is_active: { on: words.activateDone, off: words.deactivateDone },
  is_verified: { on: words.confirmDone, off: words.unconfirmDone },
  is_superuser: { on: words.promoteDone, off: words.demoteDone },
}

/** Turns one of an account's flags over. Nobody is asked first: the notice turns it back. */
export function useTurnFlag({ id, email }: ListedAccount, flag: AccountFlag) {
  const refresh = useRefreshAccounts()
  const turn = useMutation({
    mutationFn: (isOn: boolean) =>
      auth.PATCH('/users/{id}', { params: { path: { id } }, body: { [flag]: isOn } }),
    onSuccess: (_answer, isOn) => {
      const undo = { label: commonText.undo, run: () => turn.mutate(!isOn) }
      showNotice(done[flag][isOn ? 'on' : 'off'](email), undo)
      return refresh()
    },
    onError: (failure) => {
      showNotice(describeAdminFailure(failure))
      return refresh()
    },
  })
  return turn
}

export function useEndSessions({ id, email }: ListedAccount) {
  const refresh = useRefreshAccounts()
  return useMutation({
    mutationFn: () => auth.DELETE('/users/{id}/sessions', { params: { path: { id } } }),
    onSuccess: () => {
      showNotice(words.endSessionsDone(email))
      return refresh()
    },
    onError: (failure) => showNotice(describeAdminFailure(failure)),
  })
}

function useRefreshAccounts() {
  const queryClient = useQueryClient()
  return () => queryClient.invalidateQueries({ queryKey: adminKeys.accounts })
}

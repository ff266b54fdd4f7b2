import { useMutation, useQueryClient } from '@tanstack/react-query'
import { auth } from '../../../lib/api/client.ts'
import { showNotice } from '../../../lib/notices.ts'
import { accountText } from '../../../text/account.ts'
import { accountKey } from '../account.ts'
import type { Credentials } from '../credentials.ts'
import { securityKeys } from '../security-keys.ts'

/** The account has the new address at once; until its owner answers a mail there, it is not confirmed. */
export function useChangeAddress() {
  const queryClient = useQueryClient()
  const words = accountText.profile
  return useMutation({
    mutationFn: ({ email, currentPassword = '' }: Credentials) =>
      auth.PATCH('/users/me', { body: { email, current_password: currentPassword } }),
    onSuccess: (account) => {
      queryClient.setQueryData(accountKey, account)
      showNotice(account.is_verified ? words.unchanged(account.email) : words.changed(account.email))
    },
  })
}

/** A new password ends every other session. */
export function useChangePassword() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ password, currentPassword = '' }: Credentials) =>
      auth.PATCH('/users/me', { body: { password, current_password: currentPassword } }),
    onSuccess: () => {
      showNotice(accountText.security.changed)
      return queryClient.invalidateQueries({ queryKey: securityKeys.all })
    },
  })
}

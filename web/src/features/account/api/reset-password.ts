import { useMutation } from '@tanstack/react-query'
import { requestAnonymously } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import { endSession } from '../../../lib/session.ts'
import type { Credentials } from '../credentials.ts'

/** A new password ends every session of its account, so this browser signs in anew. */
export function useResetPassword(token: string) {
  return useMutation({
    mutationFn: ({ password }: Credentials) =>
      requestAnonymously<null>(endpoints.resetPassword, { method: 'POST', json: { token, password } }),
    onSuccess: () => endSession('password-reset'),
  })
}

import { useMutation } from '@tanstack/react-query'
import { requestAnonymously } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import type { Credentials } from '../credentials.ts'

export function useForgotPassword() {
  return useMutation({
    mutationFn: ({ email }: Credentials) =>
      requestAnonymously<null>(endpoints.forgotPassword, { method: 'POST', json: { email } }),
  })
}

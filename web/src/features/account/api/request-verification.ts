import { useMutation } from '@tanstack/react-query'
import { requestAnonymously } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'

export function useRequestVerification() {
  return useMutation({
    mutationFn: (email: string) =>
      requestAnonymously<null>(endpoints.requestVerifyToken, { method: 'POST', json: { email } }),
  })
}

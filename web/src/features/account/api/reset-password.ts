import { visitorAuth } from '../../../lib/api/visitor-client.ts'
import { endSession } from '../../../lib/session.ts'
import { useSubmission } from '../../../lib/use-submission.ts'
import type { Credentials } from '../credentials.ts'

/** A new password ends every session of its account, so this browser signs in anew. */
export function useResetPassword(token: string) {
  return useSubmission(async ({ password }: Credentials) => {
    await visitorAuth.POST('/auth/reset-password', { body: { token, password } })
    endSession('password-reset')
  })
}

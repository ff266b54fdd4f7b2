import { visitorAuth } from '../../../lib/api/visitor-client.ts'
import { useSubmission } from '../../../lib/use-submission.ts'
import type { Credentials } from '../credentials.ts'

export function useForgotPassword() {
  return useSubmission(({ email }: Credentials) =>
    visitorAuth.POST('/auth/forgot-password', { body: { email } }),
  )
}

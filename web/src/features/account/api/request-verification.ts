import { visitorAuth } from '../../../lib/api/visitor-client.ts'
import { useSubmission } from '../../../lib/use-submission.ts'

export function useRequestVerification() {
  return useSubmission((email: string) => visitorAuth.POST('/auth/request-verify-token', { body: { email } }))
}

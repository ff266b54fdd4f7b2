import { visitorAuth } from '../../../lib/api/visitor-client.ts'
import { startSession } from '../../../lib/session.ts'
import { useSubmission } from '../../../lib/use-submission.ts'
import type { Credentials } from '../credentials.ts'

export async function signIn({ email, password }: Credentials): Promise<void> {
  const { access_token: token } = await visitorAuth.POST('/auth/jwt/login', {
    body: { username: email, password },
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  startSession(token)
}

export function useSignIn() {
  return useSubmission(signIn)
}

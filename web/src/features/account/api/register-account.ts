import { useRef } from 'react'
import { visitorAuth } from '../../../lib/api/visitor-client.ts'
import { hasCode } from '../../../lib/failures.ts'
import { useSubmission } from '../../../lib/use-submission.ts'
import type { Account } from '../account.ts'
import { type Credentials, NOT_VERIFIED } from '../credentials.ts'
import { signIn } from './sign-in.ts'

/** Null when the service tells nobody which addresses have an account, and leaves the rest to a mail. */
function registerAccount({ email, password }: Credentials): Promise<Account | null> {
  return visitorAuth.POST('/auth/register', { body: { email, password } })
}

/** Registers and signs in, unless a mail comes first. A retry after a sign-in that failed does not register a second time. */
export function useRegisterAccount() {
  const registeredEmail = useRef<string>(null)
  return useSubmission(async (credentials: Credentials): Promise<'signed-in' | 'mailed'> => {
    if (registeredEmail.current !== credentials.email) {
      if (!(await registerAccount(credentials))) return 'mailed'
      registeredEmail.current = credentials.email
    }
    return signInUnlessRefused(credentials)
  })
}

async function signInUnlessRefused(credentials: Credentials) {
  try {
    await signIn(credentials)
    return 'signed-in'
  } catch (failure) {
    if (hasCode(failure, NOT_VERIFIED)) return 'mailed'
    throw failure
  }
}

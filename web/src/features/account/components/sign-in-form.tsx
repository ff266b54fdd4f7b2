import { useState } from 'react'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { Message } from '../../../components/message.tsx'
import { text } from '../../../lib/text.ts'
import { useSignIn } from '../api/sign-in.ts'
import {
  type CredentialFaults,
  type Credentials,
  findSignInFaults,
  readInputFaults,
  readRefusedSignIn,
} from '../credentials.ts'
import { CredentialsForm } from './credentials-form.tsx'

export function SignInForm() {
  const [faults, setFaults] = useState<CredentialFaults>({})
  const signIn = useSignIn()

  function submit(credentials: Credentials) {
    const found = findSignInFaults(credentials)
    setFaults(found)
    if (Object.keys(found).length > 0) return signIn.reset()
    signIn.mutate(credentials, { onError: (failure) => setFaults(readInputFaults(failure)) })
  }

  return (
    <CredentialsForm
      faults={faults}
      passwordKind="current"
      submitLabel={text.account.signIn.submit}
      pendingLabel={text.account.signIn.pending}
      isPending={signIn.isPending}
      onSubmit={submit}
    >
      {signIn.isError && Object.keys(faults).length === 0 && <SignInFailure failure={signIn.error} />}
    </CredentialsForm>
  )
}

function SignInFailure({ failure }: { failure: unknown }) {
  const refusal = readRefusedSignIn(failure)
  return refusal ? <Message tone="danger">{refusal}</Message> : <FailureMessage failure={failure} />
}

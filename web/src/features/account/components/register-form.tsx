import { useState } from 'react'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { text } from '../../../lib/text.ts'
import { useRegisterAccount } from '../api/register-account.ts'
import {
  type CredentialFaults,
  type Credentials,
  findRegisterFaults,
  readRefusedRegistration,
} from '../credentials.ts'
import { CredentialsForm } from './credentials-form.tsx'

export function RegisterForm() {
  const [faults, setFaults] = useState<CredentialFaults>({})
  const register = useRegisterAccount()

  function submit(credentials: Credentials) {
    const found = findRegisterFaults(credentials)
    setFaults(found)
    if (Object.keys(found).length > 0) return register.reset()
    register.mutate(credentials, { onError: (failure) => setFaults(readRefusedRegistration(failure)) })
  }

  return (
    <CredentialsForm
      faults={faults}
      passwordKind="new"
      submitLabel={text.account.register.submit}
      pendingLabel={text.account.register.pending}
      isPending={register.isPending}
      onSubmit={submit}
    >
      {register.isError && Object.keys(faults).length === 0 && <FailureMessage failure={register.error} />}
    </CredentialsForm>
  )
}

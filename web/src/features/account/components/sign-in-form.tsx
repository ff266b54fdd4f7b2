import { Message } from '../../../components/message.tsx'
import { hasCode } from '../../../lib/failures.ts'
import { accountText } from '../../../text/account.ts'
import { useSignIn } from '../api/sign-in.ts'
import { NOT_VERIFIED } from '../credentials.ts'
import { AccountForm } from './account-form.tsx'
import { ResendMail } from './resend-mail.tsx'

export function SignInForm() {
  const signIn = useSignIn()
  return (
    <AccountForm
      asks={{ email: true, password: 'current' }}
      words={accountText.signIn}
      mutation={signIn}
      refusal={describeRefusal(signIn.error, signIn.variables?.email ?? '')}
    />
  )
}

function describeRefusal(failure: unknown, email: string) {
  if (hasCode(failure, 'LOGIN_BAD_CREDENTIALS')) {
    return <Message tone="danger">{accountText.errors.badCredentials}</Message>
  }
  if (hasCode(failure, NOT_VERIFIED)) {
    return (
      <Message tone="danger">
        {accountText.errors.notVerified}
        <ResendMail email={email} />
      </Message>
    )
  }
  return undefined
}

import { Navigate } from 'react-router'
import { ButtonLink } from '../../components/button.tsx'
import { PlainPage } from '../../components/plain-page.tsx'
import { useResetPassword } from '../../features/account/api/reset-password.ts'
import { AccountForm } from '../../features/account/components/account-form.tsx'
import { hasCode } from '../../lib/failures.ts'
import { paths } from '../../lib/paths.ts'
import { accountText } from '../../text/account.ts'
import { useLinkToken } from '../use-link-token.ts'
import { AccountPage } from './account-page.tsx'

const words = accountText.resetPassword

export function ResetPasswordPage() {
  const token = useLinkToken()
  return token ? <ChoosePassword key={token} token={token} /> : <DeadLink />
}

function ChoosePassword({ token }: { token: string }) {
  const reset = useResetPassword(token)

  if (reset.isSuccess) return <Navigate replace to={paths.signIn} />
  if (hasCode(reset.error, 'RESET_PASSWORD_BAD_TOKEN')) return <DeadLink />
  return (
    <AccountPage
      title={words.title}
      lead={words.lead}
      alternative={{ question: words.remembered, label: words.signIn, to: paths.signIn }}
    >
      <AccountForm asks={{ password: 'new' }} words={words} mutation={reset} />
    </AccountPage>
  )
}

function DeadLink() {
  return (
    <PlainPage takesFocus title={accountText.deadLink.title} lead={accountText.deadLink.lead}>
      <ButtonLink look="primary" to={paths.forgotPassword}>
        {words.askAgain}
      </ButtonLink>
    </PlainPage>
  )
}

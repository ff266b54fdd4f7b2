import { useForgotPassword } from '../../features/account/api/forgot-password.ts'
import { AccountForm } from '../../features/account/components/account-form.tsx'
import { paths } from '../../lib/paths.ts'
import { accountText } from '../../text/account.ts'
import { AccountPage } from './account-page.tsx'
import { CheckMail } from './check-mail.tsx'

export function ForgotPasswordPage() {
  const forgot = useForgotPassword()
  const words = accountText.forgotPassword

  if (forgot.isSuccess) return <CheckMail lead={words.mailed} />
  return (
    <AccountPage
      title={words.title}
      lead={words.lead}
      alternative={{ question: words.remembered, label: words.signIn, to: paths.signIn }}
    >
      <AccountForm asks={{ email: true }} words={words} mutation={forgot} />
    </AccountPage>
  )
}

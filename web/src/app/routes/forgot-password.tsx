import { useForgotPassword } from '../../features/account/api/forgot-password.ts'
import { AccountForm } from '../../features/account/components/account-form.tsx'
import { paths } from '../../lib/paths.ts'
import { text } from '../../lib/text.ts'
import { AccountPage } from './account-page.tsx'
import { CheckMail } from './check-mail.tsx'

export function ForgotPasswordPage() {
  const forgot = useForgotPassword()
  const words = text.account.forgotPassword

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

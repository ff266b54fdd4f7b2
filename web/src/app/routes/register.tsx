import { useLocation } from 'react-router'
import { useRegisterAccount } from '../../features/account/api/register-account.ts'
import { AccountForm } from '../../features/account/components/account-form.tsx'
import { paths } from '../../lib/paths.ts'
import { accountText } from '../../text/account.ts'
import { AccountPage } from './account-page.tsx'
import { CheckMail } from './check-mail.tsx'

export function RegisterPage() {
  const { search } = useLocation()
  const register = useRegisterAccount()
  const words = accountText.register

  if (register.data === 'mailed') return <CheckMail lead={words.mailed} />
  return (
    <AccountPage
      title={words.title}
      lead={words.lead}
      alternative={{
        question: words.haveAccount,
        label: words.signIn,
        to: { pathname: paths.signIn, search },
      }}
    >
      <AccountForm asks={{ email: true, password: 'new' }} words={words} mutation={register} />
    </AccountPage>
  )
}

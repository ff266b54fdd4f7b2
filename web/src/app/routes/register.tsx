import { useLocation } from 'react-router'
import { RegisterForm } from '../../features/account/components/register-form.tsx'
import { paths } from '../../lib/paths.ts'
import { text } from '../../lib/text.ts'
import { AccountPage } from './account-page.tsx'

export function RegisterPage() {
  const { search } = useLocation()
  const words = text.account.register
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
      <RegisterForm />
    </AccountPage>
  )
}

import { Link, useLocation } from 'react-router'
import { Message } from '../../components/message.tsx'
import { SignInForm } from '../../features/account/components/sign-in-form.tsx'
import { paths } from '../../lib/paths.ts'
import { useSession } from '../../lib/session.ts'
import { accountText } from '../../text/account.ts'
import styles from './account-page.module.css'
import { AccountPage } from './account-page.tsx'

export function SignInPage() {
  const { search } = useLocation()
  const { endReason } = useSession()
  const words = accountText.signIn
  return (
    <AccountPage
      title={words.title}
      alternative={{
        question: words.noAccount,
        label: words.register,
        to: { pathname: paths.register, search },
      }}
    >
      {endReason && <Message tone="info">{accountText.ended[endReason]}</Message>}
      <SignInForm />
      <Link to={paths.forgotPassword} className={styles.link}>
        {accountText.forgotPassword.title}
      </Link>
    </AccountPage>
  )
}

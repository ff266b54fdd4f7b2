import { Link, useLocation } from 'react-router'
import { Message } from '../../components/message.tsx'
import { SignInForm } from '../../features/account/components/sign-in-form.tsx'
import { paths } from '../../lib/paths.ts'
import { useSession } from '../../lib/session.ts'
import { text } from '../../lib/text.ts'
import styles from './account-page.module.css'
import { AccountPage } from './account-page.tsx'

export function SignInPage() {
  const { search } = useLocation()
  const { endReason } = useSession()
  const words = text.account.signIn
  return (
    <AccountPage
      title={words.title}
      alternative={{
        question: words.noAccount,
        label: words.register,
        to: { pathname: paths.register, search },
      }}
    >
      {endReason && <Message tone="info">{text.account.ended[endReason]}</Message>}
      <SignInForm />
      <Link to={paths.forgotPassword} className={styles.link}>
        {text.account.forgotPassword.title}
      </Link>
    </AccountPage>
  )
}

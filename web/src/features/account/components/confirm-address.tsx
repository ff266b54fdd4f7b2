import { Message } from '../../../components/message.tsx'
import { accountText } from '../../../text/account.ts'
import { useAccount } from '../api/get-account.ts'
import styles from './confirm-address.module.css'
import { ResendMail } from './resend-mail.tsx'

/** A reminder, for as long as the address of the account is not confirmed. */
export function ConfirmAddress() {
  const { data: account } = useAccount()
  if (!account || account.is_verified) return null
  return (
    <div className={styles.reminder}>
      <Message tone="info">
        {accountText.verify.reminder}
        <ResendMail email={account.email} />
      </Message>
    </div>
  )
}

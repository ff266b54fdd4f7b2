import { Message } from '../../../components/message.tsx'
import { accountText } from '../../../text/account.ts'
import type { Account } from '../account.ts'
import styles from './own-address.module.css'
import { ResendMail } from './resend-mail.tsx'

const words = accountText.profile

/** The address of the account, and what is left to do about it. */
export function OwnAddress({ account: { email, is_verified: isVerified } }: { account: Account }) {
  return (
    <>
      <p className={styles.address}>
        <span className={styles.email}>{email}</span>
        {isVerified && <span className={styles.verified}>{words.verified}</span>}
      </p>
      {!isVerified && (
        <Message tone="info">
          {accountText.verify.reminder}
          <ResendMail email={email} />
        </Message>
      )}
    </>
  )
}

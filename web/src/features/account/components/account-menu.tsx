import { Form } from 'react-router'
import { Button } from '../../../components/button.tsx'
import { paths } from '../../../lib/paths.ts'
import { text } from '../../../lib/text.ts'
import { useAccount } from '../api/get-account.ts'
import styles from './account-menu.module.css'

/** Signing out is a navigation, so that an editor with unsaved text can ask first. */
export function AccountMenu() {
  const { data: account } = useAccount()
  return (
    <Form method="post" action={paths.signOut} className={styles.menu}>
      {account && (
        <span className={styles.email} title={account.email}>
          <span className="visually-hidden">{text.account.signedInAs} </span>
          {account.email}
        </span>
      )}
      <Button type="submit" look="quiet">
        {text.account.signOut}
      </Button>
    </Form>
  )
}

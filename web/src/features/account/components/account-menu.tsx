import { Form } from 'react-router'
import { Button } from '../../../components/button.tsx'
import { paths } from '../../../lib/paths.ts'
import { useSession } from '../../../lib/session.ts'
import { text } from '../../../lib/text.ts'
import styles from './account-menu.module.css'

/** Signing out is a navigation, so that an editor with unsaved text can ask first. */
export function AccountMenu() {
  const { session } = useSession()
  if (!session) return null
  return (
    <Form method="post" action={paths.signOut} className={styles.menu}>
      <span className={styles.email} title={session.account.email}>
        <span className="visually-hidden">{text.account.signedInAs} </span>
        {session.account.email}
      </span>
      <Button type="submit" look="quiet">
        {text.account.signOut}
      </Button>
    </Form>
  )
}

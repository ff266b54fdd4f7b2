import type { FormEvent } from 'react'
import { Form } from 'react-router'
import { Button } from '../../../components/button.tsx'
import { paths } from '../../../lib/paths.ts'
import { accountText } from '../../../text/account.ts'
import { useAccount } from '../api/get-account.ts'
import styles from './account-menu.module.css'

/** Signing out is a navigation, so that an editor with unsaved text can ask first. */
export function AccountMenu({ onSignOut }: { onSignOut: (event: FormEvent) => void }) {
  const { data: account } = useAccount()
  return (
    <Form method="post" action={paths.signOut} className={styles.menu} onSubmit={onSignOut}>
      {account && (
        <span className={styles.email} title={account.email}>
          <span className="visually-hidden">{accountText.signedInAs} </span>
          {account.email}
        </span>
      )}
      <Button type="submit" look="quiet">
        {accountText.signOut}
      </Button>
    </Form>
  )
}

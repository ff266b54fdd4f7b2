import { useState } from 'react'
import { formatDay } from '../../../lib/format-time.ts'
import { useSession } from '../../../lib/session.ts'
import { adminText } from '../../../text/admin.ts'
import type { ListedAccount } from '../admin.ts'
import { AccountActions } from './account-actions.tsx'
import { AccountPlan } from './account-plan.tsx'
import styles from './account-row.module.css'

const words = adminText.users

/** One account: what it is, and on demand what can be done about it. */
export function AccountRow({ account }: { account: ListedAccount }) {
  const [isOpen, setIsOpen] = useState(false)
  const { accountId } = useSession()
  const isOwn = account.id === accountId
  return (
    <li className={styles.row}>
      <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary className={styles.summary}>
          <span className={styles.address} data-off={!account.is_active}>
            {account.email}
          </span>
          <span className={styles.marks}>
            {isOwn && <Mark tone="good">{words.own}</Mark>}
            {account.is_superuser && <Mark tone="good">{words.superuser}</Mark>}
            {!account.is_active && <Mark tone="bad">{words.deactivated}</Mark>}
            <Mark tone="plain">{account.is_verified ? words.confirmed : words.unconfirmed}</Mark>
          </span>
          <span className={styles.facts}>
            {words.since(formatDay(new Date(account.created_at)))} · {words.sessions(account.sessions)}
          </span>
        </summary>
        {isOpen && (
          <div className={styles.panel}>
            <AccountPlan account={account} />
            {isOwn ? <p className={styles.note}>{words.ownNote}</p> : <AccountActions account={account} />}
          </div>
        )}
      </details>
    </li>
  )
}

function Mark({ tone, children }: { tone: 'good' | 'bad' | 'plain'; children: string }) {
  return (
    <span className={styles.mark} data-tone={tone}>
      {children}
    </span>
  )
}

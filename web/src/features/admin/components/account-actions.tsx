import { Button } from '../../../components/button.tsx'
import { adminText } from '../../../text/admin.ts'
import type { ListedAccount } from '../admin.ts'
import { type AccountFlag, useEndSessions, useTurnFlag } from '../api/change-account.ts'
import styles from './account-actions.module.css'

const words = adminText.users

const labels: Record<AccountFlag, { on: string; off: string }> = {
  is_active: { on: words.activate, off: words.deactivate },
  is_verified: { on: words.confirm, off: words.unconfirm },
  is_superuser: { on: words.promote, off: words.demote },
}

export function AccountActions({ account }: { account: ListedAccount }) {
  return (
    <div className={styles.actions}>
      <TurnFlag account={account} flag="is_active" />
      <EndSessions account={account} />
      <TurnFlag account={account} flag="is_verified" />
      <TurnFlag account={account} flag="is_superuser" />
    </div>
  )
}

function TurnFlag({ account, flag }: { account: ListedAccount; flag: AccountFlag }) {
  const turn = useTurnFlag(account, flag)
  const isOn = account[flag]
  return (
    <Button aria-disabled={turn.isPending} onClick={() => turn.isPending || turn.mutate(!isOn)}>
      {labels[flag][isOn ? 'off' : 'on']}
    </Button>
  )
}

function EndSessions({ account }: { account: ListedAccount }) {
  const end = useEndSessions(account)
  if (account.sessions === 0) return null
  return (
    <Button aria-disabled={end.isPending} onClick={() => end.isPending || end.mutate()}>
      {words.endSessions}
    </Button>
  )
}

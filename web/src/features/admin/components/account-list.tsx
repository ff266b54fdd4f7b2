import { Button } from '../../../components/button.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { LoadMore } from '../../../components/load-more.tsx'
import { Message } from '../../../components/message.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { isHttpFailure } from '../../../lib/failures.ts'
import { useFocusOnNewItems } from '../../../lib/use-focus-on-new-items.ts'
import { adminText } from '../../../text/admin.ts'
import { useAccounts } from '../api/list-accounts.ts'
import styles from './account-list.module.css'
import { AccountRow } from './account-row.tsx'

type Props = {
  /** Of the address. */
  part: string
  onShowAll: () => void
}

const words = adminText.users

export function AccountList({ part, onShowAll }: Props) {
  const accounts = useAccounts(part)
  const { list, expectMore } = useFocusOnNewItems<HTMLUListElement>(accounts.data?.length ?? 0)

  if (accounts.isPending) return <Skeleton rows={6} size="item" />
  if (!accounts.data && isHttpFailure(accounts.error, 403)) {
    return <Message tone="danger">{adminText.staleRights}</Message>
  }
  if (!accounts.data) return <FailureMessage failure={accounts.error} onRetry={() => accounts.refetch()} />
  if (accounts.data.length === 0) {
    return (
      <EmptyState title={words.noneTitle} lead={words.noneLead}>
        <Button onClick={onShowAll}>{words.showAll}</Button>
      </EmptyState>
    )
  }
  return (
    <div>
      <ul ref={list} aria-label={words.listLabel} className={styles.list}>
        {accounts.data.map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
      </ul>
      <LoadMore query={accounts} onExpect={expectMore} />
    </div>
  )
}

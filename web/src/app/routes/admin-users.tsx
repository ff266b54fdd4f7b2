import { useSearchParams } from 'react-router'
import { PageHeading } from '../../components/page-heading.tsx'
import { SearchField } from '../../components/search-field.tsx'
import { AccountList } from '../../features/admin/components/account-list.tsx'
import { adminText } from '../../text/admin.ts'
import styles from './admin.module.css'

/** The query parameter for a part of an address. */
const PART = 'q'

export function AdminUsersPage() {
  const [query, setQuery] = useSearchParams()
  const part = query.get(PART) ?? ''
  const search = (next: string) =>
    setQuery(next ? { [PART]: next } : {}, { replace: true, preventScrollReset: true })

  return (
    <div className={styles.page}>
      <PageHeading>{adminText.users.title}</PageHeading>
      <SearchField label={adminText.users.search} value={part} onSearch={search} />
      <AccountList part={part} onShowAll={() => search('')} />
    </div>
  )
}

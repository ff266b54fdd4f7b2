import { PageHeading } from '../../components/page-heading.tsx'
import { SystemReport } from '../../features/admin/components/system-report.tsx'
import { adminText } from '../../text/admin.ts'
import styles from './admin.module.css'

export function AdminSystemPage() {
  return (
    <div className={styles.page}>
      <PageHeading>{adminText.system.title}</PageHeading>
      <SystemReport />
    </div>
  )
}

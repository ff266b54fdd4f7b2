import { Link } from 'react-router'
import { PageHeading } from '../../components/page-heading.tsx'
import { TrashList } from '../../features/documents/components/trash-list.tsx'
import { paths } from '../../lib/paths.ts'
import { documentsText } from '../../text/documents.ts'
import styles from './documents.module.css'

export function TrashPage() {
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <PageHeading>{documentsText.trash.title}</PageHeading>
        <Link to={paths.documents} className={styles.link}>
          {documentsText.back}
        </Link>
      </div>
      <TrashList />
    </div>
  )
}

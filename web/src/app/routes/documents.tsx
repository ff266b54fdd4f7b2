import { Link } from 'react-router'
import { ButtonLink } from '../../components/button.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { ConfirmAddress } from '../../features/account/components/confirm-address.tsx'
import { DocumentList } from '../../features/documents/components/document-list.tsx'
import { UnsavedDrafts } from '../../features/documents/components/unsaved-drafts.tsx'
import { paths } from '../../lib/paths.ts'
import { documentsText } from '../../text/documents.ts'
import styles from './documents.module.css'

export function DocumentsPage() {
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <PageHeading>{documentsText.title}</PageHeading>
        <div className={styles.actions}>
          <ButtonLink look="primary" to={paths.newDocument}>
            {documentsText.create}
          </ButtonLink>
          <Link to={paths.trash} className={styles.link}>
            {documentsText.trash.title}
          </Link>
        </div>
      </div>
      <ConfirmAddress />
      <UnsavedDrafts />
      <DocumentList />
    </div>
  )
}

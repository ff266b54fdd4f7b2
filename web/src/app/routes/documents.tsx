import { ButtonLink } from '../../components/button.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { ConfirmAddress } from '../../features/account/components/confirm-address.tsx'
import { DocumentList } from '../../features/documents/components/document-list.tsx'
import { paths } from '../../lib/paths.ts'
import { text } from '../../lib/text.ts'
import styles from './documents.module.css'

export function DocumentsPage() {
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <PageHeading>{text.documents.title}</PageHeading>
        <ButtonLink look="primary" to={paths.newDocument}>
          {text.documents.create}
        </ButtonLink>
      </div>
      <ConfirmAddress />
      <DocumentList />
    </div>
  )
}

import { useLocation, useParams } from 'react-router'
import { ButtonLink } from '../../components/button.tsx'
import { FailureMessage } from '../../components/failure-message.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { PlainPage } from '../../components/plain-page.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { useDocument } from '../../features/documents/api/get-document.ts'
import { DocumentEditor } from '../../features/documents/components/document-editor.tsx'
import { isHttpFailure } from '../../lib/failures.ts'
import { readNavigationState } from '../../lib/navigation-state.ts'
import { NEW_DOCUMENT_ID, paths } from '../../lib/paths.ts'
import { text } from '../../lib/text.ts'
import styles from './document.module.css'

export function DocumentPage() {
  const { documentId = NEW_DOCUMENT_ID } = useParams()
  const isNew = documentId === NEW_DOCUMENT_ID
  const location = useLocation()
  const editorKey = readNavigationState(location.state).editorKey ?? (isNew ? location.key : documentId)
  const document = useDocument(isNew ? null : documentId)

  // An id of the wrong form is as unknown as one that no document has.
  if (!document.data && isHttpFailure(document.error, 404, 422)) return <NoSuchDocument />
  const heading = isNew ? text.documents.newTitle : text.documents.editTitle
  return (
    <div className={styles.page}>
      <PageHeading hidden pageTitle={document.data?.title ?? heading}>
        {heading}
      </PageHeading>
      {isNew || document.data ? (
        <DocumentEditor key={editorKey} editorKey={editorKey} document={document.data ?? null} />
      ) : document.isPending ? (
        <Skeleton rows={1} size="page" />
      ) : (
        <FailureMessage failure={document.error} onRetry={() => document.refetch()} />
      )}
    </div>
  )
}

function NoSuchDocument() {
  return (
    <PlainPage title={text.documents.notFoundTitle} lead={text.documents.notFoundLead}>
      <ButtonLink look="primary" to={paths.documents}>
        {text.documents.toDocuments}
      </ButtonLink>
    </PlainPage>
  )
}

import { useEffect } from 'react'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { ButtonLink } from '../../components/button.tsx'
import { FailureMessage } from '../../components/failure-message.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { PlainPage } from '../../components/plain-page.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { DocumentEditor } from '../../features/documents/components/document-editor.tsx'
import { TrashedDocument } from '../../features/documents/components/trashed-document.tsx'
import { useDraft } from '../../features/documents/drafts/use-draft.ts'
import { isHttpFailure } from '../../lib/failures.ts'
import { readNavigationState } from '../../lib/navigation-state.ts'
import { DRAFT_PARAMETER, NEW_DOCUMENT_ID, paths } from '../../lib/paths.ts'
import { documentsText } from '../../text/documents.ts'
import styles from './document.module.css'
import { DocumentAttachments } from './document-attachments.tsx'
import { mediaViews } from './document-media.tsx'

export function DocumentPage() {
  const { documentId = NEW_DOCUMENT_ID } = useParams()
  const [query] = useSearchParams()
  const { state } = useLocation()
  const isNew = documentId === NEW_DOCUMENT_ID
  const key = (isNew && query.get(DRAFT_PARAMETER)) || documentId

  // The editor stays when a new document gets its id.
  return <EditedDocument key={readNavigationState(state).editorKey ?? key} draftKey={key} isNew={isNew} />
}

function EditedDocument({ draftKey, isNew }: { draftKey: string; isNew: boolean }) {
  const edited = useDraft(draftKey, isNew ? null : draftKey)
  const { document, state, query } = edited
  const isLoading = !isNew && !document && !state.edits
  useAddressOf(state.documentId, draftKey)

  // An id of the wrong form is as unknown as one that no document has.
  if (isLoading && isHttpFailure(query.error, 404, 422)) return <NoSuchDocument />
  const heading = isNew ? documentsText.newTitle : documentsText.editTitle
  return (
    <div className={styles.page}>
      <PageHeading hidden pageTitle={document?.title ?? heading}>
        {heading}
      </PageHeading>
      {isLoading && query.isPending && <Skeleton rows={1} size="page" />}
      {isLoading && query.isError && <FailureMessage failure={query.error} onRetry={() => query.refetch()} />}
      {!isLoading && document?.trashed_at && !state.edits ? (
        <TrashedDocument document={document} views={mediaViews} />
      ) : (
        !isLoading && (
          <DocumentEditor
            edited={edited}
            views={mediaViews}
            renderAttachments={(insert) => (
              <DocumentAttachments documentId={state.documentId ?? document?.id ?? null} onInsert={insert} />
            )}
          />
        )
      )}
    </div>
  )
}

/** A document that was just created gets its own address, and the editor stays. */
function useAddressOf(documentId: string | null, draftKey: string) {
  const navigate = useNavigate()

  useEffect(() => {
    if (documentId === null || documentId === draftKey) return
    navigate(paths.document(documentId), { replace: true, state: { editorKey: draftKey } })
  }, [documentId, draftKey, navigate])
}

function NoSuchDocument() {
  return (
    <PlainPage title={documentsText.notFoundTitle} lead={documentsText.notFoundLead}>
      <ButtonLink look="primary" to={paths.documents}>
        {documentsText.toDocuments}
      </ButtonLink>
    </PlainPage>
  )
}

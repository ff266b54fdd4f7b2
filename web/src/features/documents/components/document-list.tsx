import { ButtonLink } from '../../../components/button.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { LoadMore } from '../../../components/load-more.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { paths } from '../../../lib/paths.ts'
import { useFocusOnNewItems } from '../../../lib/use-focus-on-new-items.ts'
import { documentsText } from '../../../text/documents.ts'
import { useDocuments } from '../api/list-documents.ts'
import { isFiltered } from '../document-filter.ts'
import { useDocumentFilter } from '../use-document-filter.ts'
import styles from './document-list.module.css'
import { DocumentListItem } from './document-list-item.tsx'
import { FindDocuments } from './find-documents.tsx'

export function DocumentList() {
  const { filter, changeFilter } = useDocumentFilter()
  const documents = useDocuments(filter)
  const { list, expectMore } = useFocusOnNewItems<HTMLUListElement>(documents.data?.length ?? 0)
  const count = documents.data?.length ?? 0

  if (documents.isPending) return <Skeleton rows={4} size="item" />
  if (!documents.data) return <FailureMessage failure={documents.error} onRetry={() => documents.refetch()} />
  if (count === 0 && !isFiltered(filter)) return <NoDocuments />
  return (
    <>
      <FindDocuments filter={filter} onChange={changeFilter} />
      <p role="status" className="visually-hidden">
        {isFiltered(filter) && !documents.isPlaceholderData && describeFound(count, documents.hasNextPage)}
      </p>
      {count === 0 ? (
        <NothingFound />
      ) : (
        <ul
          ref={list}
          aria-label={documentsText.listLabel}
          aria-busy={documents.isPlaceholderData}
          className={styles.list}
        >
          {documents.data.map((document) => (
            <DocumentListItem key={document.id} document={document} />
          ))}
        </ul>
      )}
      <LoadMore query={documents} onExpect={expectMore} />
    </>
  )
}

const describeFound = documentsText.find.found

function NoDocuments() {
  return (
    <EmptyState title={documentsText.emptyTitle} lead={documentsText.emptyLead}>
      <ButtonLink look="primary" to={paths.newDocument}>
        {documentsText.createFirst}
      </ButtonLink>
    </EmptyState>
  )
}

function NothingFound() {
  return (
    <EmptyState title={documentsText.find.noneTitle} lead={documentsText.find.noneLead}>
      <ButtonLink to={paths.documents}>{documentsText.find.showAll}</ButtonLink>
    </EmptyState>
  )
}

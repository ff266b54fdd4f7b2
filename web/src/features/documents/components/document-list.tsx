import { useEffect, useRef } from 'react'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { paths } from '../../../lib/paths.ts'
import { text } from '../../../lib/text.ts'
import { useDocuments } from '../api/list-documents.ts'
import styles from './document-list.module.css'
import { DocumentListItem } from './document-list-item.tsx'

export function DocumentList() {
  const documents = useDocuments()
  const { list, expectMore } = useFocusOnFirstNewItem(documents.data?.length ?? 0)

  if (documents.isPending) return <Skeleton rows={4} size="item" />
  if (!documents.data) return <FailureMessage failure={documents.error} onRetry={() => documents.refetch()} />
  if (documents.data.length === 0) return <NoDocuments />

  function loadMore() {
    if (documents.isFetchingNextPage) return
    expectMore()
    documents.fetchNextPage()
  }

  return (
    <>
      <ul ref={list} aria-label={text.documents.listLabel} className={styles.list}>
        {documents.data.map((document) => (
          <DocumentListItem key={document.id} document={document} />
        ))}
      </ul>
      {documents.isFetchNextPageError && <FailureMessage failure={documents.error} onRetry={loadMore} />}
      {documents.hasNextPage && !documents.isFetchNextPageError && (
        <div className={styles.more}>
          <Button aria-disabled={documents.isFetchingNextPage} onClick={loadMore}>
            {documents.isFetchingNextPage ? text.documents.loadingMore : text.documents.loadMore}
          </Button>
        </div>
      )}
    </>
  )
}

function NoDocuments() {
  return (
    <EmptyState title={text.documents.emptyTitle} lead={text.documents.emptyLead}>
      <ButtonLink look="primary" to={paths.newDocument}>
        {text.documents.createFirst}
      </ButtonLink>
    </EmptyState>
  )
}

/** Reading goes on at the first of the items that were just loaded, even when the button is gone. */
function useFocusOnFirstNewItem(itemCount: number) {
  const list = useRef<HTMLUListElement>(null)
  const expectedIndex = useRef<number>(null)

  useEffect(() => {
    if (expectedIndex.current === null || itemCount <= expectedIndex.current) return
    list.current?.children[expectedIndex.current]?.querySelector('a')?.focus({ preventScroll: true })
    expectedIndex.current = null
  }, [itemCount])

  return {
    list,
    expectMore: () => {
      expectedIndex.current = itemCount
    },
  }
}

import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { LoadMore } from '../../../components/load-more.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { focusHeading } from '../../../lib/focus-heading.ts'
import { showNotice } from '../../../lib/notices.ts'
import { useFocusOnNewItems } from '../../../lib/use-focus-on-new-items.ts'
import { commonText } from '../../../text/common.ts'
import { documentsText } from '../../../text/documents.ts'
import { useEmptyTrash } from '../api/empty-trash.ts'
import { useTrash } from '../api/list-documents.ts'
import type { DocumentSummary } from '../document.ts'
import styles from './trash-list.module.css'
import { TrashListItem } from './trash-list-item.tsx'

const words = documentsText.trash

/** As the service does it; see the job that empties the trash. */
const KEPT_DAYS = 30

export function TrashList() {
  const trash = useTrash()
  const { list, expectMore } = useFocusOnNewItems<HTMLUListElement>(trash.data?.length ?? 0)
  const [asked, setAsked] = useState<DocumentSummary | 'all' | null>(null)

  if (trash.isPending) return <Skeleton rows={4} size="item" />
  if (!trash.data) return <FailureMessage failure={trash.error} onRetry={() => trash.refetch()} />
  if (trash.data.length === 0) return <EmptyState title={words.emptyTitle} lead={words.emptyLead} />
  return (
    <>
      <div className={styles.top}>
        <p className={styles.lead}>{words.lead(KEPT_DAYS)}</p>
        <Button onClick={() => setAsked('all')}>{words.empty}</Button>
      </div>
      <ul ref={list} aria-label={words.listLabel} className={styles.list}>
        {trash.data.map((document) => (
          <TrashListItem key={document.id} document={document} onRemove={() => setAsked(document)} />
        ))}
      </ul>
      <LoadMore query={trash} onExpect={expectMore} />
      {asked && <RemoveQuestion asked={asked} onDone={() => setAsked(null)} />}
    </>
  )
}

function RemoveQuestion({ asked, onDone }: { asked: DocumentSummary | 'all'; onDone: () => void }) {
  const remove = useEmptyTrash()
  const one = asked === 'all' ? null : asked

  function confirm() {
    if (remove.isPending) return
    remove.mutate(one?.id ?? null, {
      onSuccess: () => {
        showNotice(one ? words.removed(one.title) : words.emptied)
        onDone()
        focusHeading()
      },
    })
  }

  return (
    <Dialog
      title={one ? words.removeQuestion(one.title) : words.emptyQuestion}
      description={one ? words.removeConsequence : words.emptyConsequence}
      onDismiss={onDone}
    >
      {remove.isError && <FailureMessage failure={remove.error} />}
      <Button onClick={onDone}>{commonText.cancel}</Button>
      <Button look="danger" aria-disabled={remove.isPending} onClick={confirm}>
        {one ? words.remove : words.empty}
      </Button>
    </Dialog>
  )
}

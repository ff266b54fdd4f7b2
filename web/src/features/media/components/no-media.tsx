import { Button } from '../../../components/button.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { mediaText } from '../../../text/media.ts'
import { isFiltered, type MediaFilter } from '../media.ts'

/** Why there is nothing to see, and the way on. */
export function NoMedia({ filter, onShowAll }: { filter: MediaFilter; onShowAll: () => void }) {
  if (!isFiltered(filter)) {
    return <EmptyState title={mediaText.emptyTitle} lead={mediaText.emptyLead} />
  }
  const isUnused = filter.deleted && !filter.name
  return (
    <EmptyState
      title={isUnused ? mediaText.noneDeletedTitle : mediaText.noneFoundTitle}
      lead={isUnused ? mediaText.noneDeletedLead : mediaText.noneFoundLead}
    >
      <Button onClick={onShowAll}>{mediaText.showAll}</Button>
    </EmptyState>
  )
}

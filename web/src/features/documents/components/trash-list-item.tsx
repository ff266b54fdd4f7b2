import { Button } from '../../../components/button.tsx'
import { focusHeading } from '../../../lib/focus-heading.ts'
import { formatAge, formatMoment } from '../../../lib/format-time.ts'
import { documentsText } from '../../../text/documents.ts'
import { useRestoreDocument } from '../api/trash-document.ts'
import type { DocumentSummary } from '../document.ts'
import { plainExcerpt } from '../plain-excerpt.ts'
import styles from './document-list-item.module.css'

const words = documentsText.trash

type Props = { document: DocumentSummary; onRemove: () => void }

export function TrashListItem({ document, onRemove }: Props) {
  const restore = useRestoreDocument()
  const trashed = new Date(document.trashed_at ?? document.updated_at)

  function bringBack() {
    if (!restore.isPending) restore.mutate(document.id, { onSuccess: focusHeading })
  }

  return (
    <li className={styles.item}>
      <h2 className={styles.title}>{document.title}</h2>
      <p className={styles.excerpt}>{plainExcerpt(document.excerpt) || documentsText.noContent}</p>
      <p className={styles.facts}>
        <time dateTime={trashed.toISOString()} title={formatMoment(trashed)}>
          {words.deletedAgo(formatAge(trashed, new Date()))}
        </time>
      </p>
      <div className={styles.actions}>
        <Button
          aria-label={words.restoreNamed(document.title)}
          aria-disabled={restore.isPending}
          onClick={bringBack}
        >
          {words.restore}
        </Button>
        <Button look="quiet" aria-label={words.removeNamed(document.title)} onClick={onRemove}>
          {words.remove}
        </Button>
      </div>
    </li>
  )
}

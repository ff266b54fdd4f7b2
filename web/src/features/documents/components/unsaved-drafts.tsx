import { Link } from 'react-router'
import { paths } from '../../../lib/paths.ts'
import { documentsText } from '../../../text/documents.ts'
import type { DraftState } from '../drafts/draft-work.ts'
import { useUnsavedDrafts } from '../drafts/draft-works.ts'
import styles from './unsaved-drafts.module.css'

const words = documentsText.unsaved

/** Text that only this device has, with the way to where it can be seen to. What is about to be saved is left out. */
export function UnsavedDrafts() {
  const drafts = useUnsavedDrafts().filter(
    ({ phase, failure }) => phase !== 'waiting' && (phase !== 'saving' || failure),
  )
  if (drafts.length === 0) return null
  return (
    <section aria-label={words.label} className={styles.unsaved}>
      <h2 className={styles.title}>{words.label}</h2>
      <p className={styles.lead}>{words.lead(drafts.length)}</p>
      <ul>
        {drafts.map((draft) => (
          <li key={draft.key}>
            <Link to={addressOf(draft)} className={styles.link}>
              {draft.edits?.title.trim() || words.untitled}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

function addressOf({ documentId, key }: DraftState): string {
  return documentId === null ? paths.newDraft(key) : paths.document(documentId)
}

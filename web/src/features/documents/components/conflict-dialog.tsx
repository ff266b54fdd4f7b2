import { useId } from 'react'
import { Button } from '../../../components/button.tsx'
import { Modal } from '../../../components/modal.tsx'
import { formatAge } from '../../../lib/format-time.ts'
import { documentsText } from '../../../text/documents.ts'
import type { Document, Draft } from '../document.ts'
import type { ConflictChoice } from '../use-conflict-choice.ts'
import styles from './conflict-dialog.module.css'
import { TextDifference } from './text-difference.tsx'

const words = documentsText.conflict

type Props = {
  mine: Draft
  theirs: Document
  onChoose: (choice: ConflictChoice) => void
  /** Escape, or the wish to look at the text first. */
  onDismiss: () => void
}

/** Shows where two versions of a document part, and lets one choose. Nothing is lost before that. */
export function ConflictDialog({ mine, theirs, onChoose, onDismiss }: Props) {
  const id = useId()
  return (
    <Modal size="wide" aria-labelledby={`${id}-title`} aria-describedby={`${id}-lead`} onDismiss={onDismiss}>
      <div className={styles.dialog}>
        <div>
          <h2 id={`${id}-title`} className={styles.title}>
            {words.title}
          </h2>
          <p id={`${id}-lead`} className={styles.lead}>
            {words.lead(formatAge(new Date(theirs.updated_at), new Date()))}
          </p>
        </div>
        <section aria-label={words.differences} className={styles.differences}>
          <TextDifference label={words.titleOf} mine={mine.title} theirs={theirs.title} />
          <TextDifference label={words.tagsOf} mine={listTags(mine)} theirs={listTags(theirs)} />
          <TextDifference label={words.textOf} mine={mine.content} theirs={theirs.content} />
        </section>
        <div className={styles.actions}>
          <Button onClick={onDismiss}>{words.later}</Button>
          <Button onClick={() => onChoose('theirs')}>{words.takeTheirs}</Button>
          <Button onClick={() => onChoose('mine')}>{words.keepMine}</Button>
          <Button look="primary" onClick={() => onChoose('both')}>
            {words.keepBoth}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

function listTags({ tags }: Draft): string {
  return tags.join(', ') || words.none
}

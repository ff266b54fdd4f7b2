import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Button } from '../../../components/button.tsx'
import { paths } from '../../../lib/paths.ts'
import { text } from '../../../lib/text.ts'
import type { Document } from '../document.ts'
import { DeleteDocument } from './delete-document.tsx'
import styles from './editor-toolbar.module.css'

export type SaveStatus = keyof typeof text.documents.status

type Props = {
  document: Document | null
  status: SaveStatus
  onSave: () => void
  /** Why the last save failed. */
  children: ReactNode
}

/** Stays in sight however far the text is scrolled. */
export function EditorToolbar({ document, status, onSave, children }: Props) {
  return (
    <div className={styles.toolbar}>
      <Link to={paths.documents} className={styles.back}>
        <span aria-hidden="true">←</span> <span className={styles.backWord}>{text.documents.back}</span>
      </Link>
      <p role="status" className={`${styles.status} ${styles[status]}`}>
        {text.documents.status[status]}
      </p>
      <div className={styles.actions}>
        {document && <DeleteDocument document={document} />}
        <Button
          look="primary"
          title={text.documents.saveShortcut}
          aria-keyshortcuts="Control+S Meta+S"
          aria-disabled={status === 'saving'}
          onClick={onSave}
        >
          {text.documents.save}
        </Button>
      </div>
      {children && <div className={styles.failure}>{children}</div>}
    </div>
  )
}

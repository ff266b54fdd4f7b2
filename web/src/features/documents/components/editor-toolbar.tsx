import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { paths } from '../../../lib/paths.ts'
import { documentsText } from '../../../text/documents.ts'
import { isTrouble, type SaveStatus } from '../save-status.ts'
import styles from './editor-toolbar.module.css'

type Props = {
  status: SaveStatus
  /** What can be done with the document. */
  actions: ReactNode
  /** Why it is not saved. */
  children: ReactNode
}

/** Stays in sight however far the text is scrolled. */
export function EditorToolbar({ status, actions, children }: Props) {
  return (
    <div className={styles.toolbar}>
      <Link to={paths.documents} className={styles.back}>
        <span aria-hidden="true">←</span> <span className={styles.backWord}>{documentsText.back}</span>
      </Link>
      {/* Each save while typing would be read out otherwise. */}
      <p
        role="status"
        aria-live={isTrouble(status) ? 'polite' : 'off'}
        aria-label={documentsText.statusLabel}
        title={documentsText.saveShortcut}
        data-look={looks[status]}
        className={styles.status}
      >
        {documentsText.status[status]}
      </p>
      <div className={styles.actions}>{actions}</div>
      {children && <div className={styles.problem}>{children}</div>}
    </div>
  )
}

const looks = {
  empty: 'open',
  saved: 'saved',
  unsaved: 'open',
  saving: 'open',
  offline: 'kept',
  retrying: 'kept',
  untitled: 'kept',
  unfit: 'failed',
  stopped: 'failed',
  lost: 'failed',
} as const

import { type ReactNode, useId } from 'react'
import styles from './dialog.module.css'
import { Modal } from './modal.tsx'

type Props = {
  title: string
  description: string
  /** Escape. */
  onDismiss: () => void
  /** The actions; the first one has the focus, so it is the one that loses nothing. */
  children: ReactNode
}

/** A modal question. It is open as long as it is rendered. */
export function Dialog({ title, description, onDismiss, children }: Props) {
  const titleId = useId()
  const descriptionId = useId()
  return (
    <Modal size="question" aria-labelledby={titleId} aria-describedby={descriptionId} onDismiss={onDismiss}>
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      <p id={descriptionId} className={styles.description}>
        {description}
      </p>
      <div className={styles.actions}>{children}</div>
    </Modal>
  )
}

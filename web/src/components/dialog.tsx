import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import styles from './dialog.module.css'

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
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const descriptionId = useId()

  // Closing gives the focus back to where it was, as long as the element is still in the page.
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])

  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={titleId}
      aria-describedby={descriptionId}
      onCancel={(event) => {
        event.preventDefault()
        onDismiss()
      }}
    >
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      <p id={descriptionId} className={styles.description}>
        {description}
      </p>
      <div className={styles.actions}>{children}</div>
    </dialog>
  )
}

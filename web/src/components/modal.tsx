import { type ComponentProps, useLayoutEffect, useRef } from 'react'
import styles from './modal.module.css'

type Props = {
  size: 'question' | 'wide'
  /** Escape. */
  onDismiss: () => void
} & Omit<ComponentProps<'dialog'>, 'className' | 'onCancel'>

/** Stands in front of the page, which cannot be used meanwhile. It is open as long as it is rendered. */
export function Modal({ size, onDismiss, ...rest }: Props) {
  const ref = useRef<HTMLDialogElement>(null)

  // Closing gives the focus back to where it was, as long as the element is still in the page.
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])

  return (
    <dialog
      ref={ref}
      className={`${styles.modal} ${styles[size]}`}
      onCancel={(event) => {
        // A file chooser inside it is cancelled too, which closes nothing.
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onDismiss()
      }}
      {...rest}
    />
  )
}

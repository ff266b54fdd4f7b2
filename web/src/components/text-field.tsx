import { type ComponentProps, type ReactNode, useId } from 'react'
import styles from './text-field.module.css'

type Props = {
  label: string
  hint?: string
  error?: string | undefined
  /** A control inside the field's frame, such as "show password". */
  trailing?: ReactNode
} & ComponentProps<'input'>

export function TextField({ label, hint, error, trailing, ...input }: Props) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={styles.frame}>
        <input
          id={id}
          className={styles.input}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? noteId : undefined}
          {...input}
        />
        {trailing}
      </div>
      <p id={noteId} className={error ? styles.error : styles.hint}>
        {note}
      </p>
    </div>
  )
}

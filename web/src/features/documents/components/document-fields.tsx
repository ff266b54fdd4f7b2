import { type FormEvent, type RefObject, useId } from 'react'
import { text } from '../../../lib/text.ts'
import type { Draft } from '../document.ts'
import type { DraftFaults } from '../draft-faults.ts'
import styles from './document-fields.module.css'

type Props = {
  form: RefObject<HTMLFormElement | null>
  draft: Draft
  faults: DraftFaults
  onEdit: (part: Partial<Draft>) => void
  onSubmit: () => void
}

/** The sheet: a title, and the text under it. Enter in the title saves. */
export function DocumentFields({ form, draft, faults, onEdit, onSubmit }: Props) {
  const id = useId()

  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className={styles.sheet}>
      <div className={styles.titleRow}>
        <label htmlFor={`${id}-title`} className={styles.label}>
          {text.documents.titleLabel}
        </label>
        <input
          id={`${id}-title`}
          name="title"
          className={styles.title}
          value={draft.title}
          placeholder={text.documents.titlePlaceholder}
          autoComplete="off"
          required
          aria-invalid={faults.title ? true : undefined}
          aria-describedby={faults.title ? `${id}-title-fault` : undefined}
          onChange={(event) => onEdit({ title: event.target.value })}
        />
        <Fault id={`${id}-title-fault`}>{faults.title}</Fault>
      </div>
      <div className={styles.contentRow}>
        <label htmlFor={`${id}-content`} className={styles.label}>
          {text.documents.contentLabel}
        </label>
        <textarea
          id={`${id}-content`}
          name="content"
          className={styles.content}
          value={draft.content}
          placeholder={text.documents.contentPlaceholder}
          aria-invalid={faults.content ? true : undefined}
          aria-describedby={faults.content ? `${id}-content-fault` : undefined}
          onChange={(event) => onEdit({ content: event.target.value })}
        />
        <Fault id={`${id}-content-fault`}>{faults.content}</Fault>
      </div>
    </form>
  )
}

function Fault({ id, children }: { id: string; children: string | undefined }) {
  return children ? (
    <p id={id} className={styles.fault}>
      {children}
    </p>
  ) : null
}

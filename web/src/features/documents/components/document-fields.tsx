import { type FormEvent, type ReactNode, type RefObject, useId, useState } from 'react'
import { useMediaQuery } from '../../../lib/use-media-query.ts'
import { documentsText } from '../../../text/documents.ts'
import type { Draft } from '../document.ts'
import type { DraftFaults } from '../draft-faults.ts'
import styles from './document-fields.module.css'
import type { MediaViews } from './markdown-text.tsx'
import { Preview } from './preview.tsx'
import { TagsField } from './tags-field.tsx'
import { type View, ViewSwitch } from './view-switch.tsx'

type Props = {
  form: RefObject<HTMLFormElement | null>
  draft: Draft
  faults: DraftFaults
  views: MediaViews
  onEdit: (part: Partial<Draft>) => void
  onSubmit: () => void
  /** A field loses the focus. */
  onLeave: () => void
}

/** As in the style sheet. */
const WIDE = '(width >= 64rem)'

/** The sheet: a title, tags, and the text with its preview beside it, or in its place. Enter in the title saves. */
export function DocumentFields({ form, draft, faults, views, onEdit, onSubmit, onLeave }: Props) {
  const id = useId()
  const [view, setView] = useState<View>('write')
  const isWide = useMediaQuery(WIDE)

  function submit(event: FormEvent) {
    event.preventDefault()
    onSubmit()
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className={styles.sheet}>
      <div className={styles.titleRow}>
        <label htmlFor={`${id}-title`} className={styles.label}>
          {documentsText.titleLabel}
        </label>
        <input
          id={`${id}-title`}
          name="title"
          className={styles.title}
          value={draft.title}
          placeholder={documentsText.titlePlaceholder}
          autoComplete="off"
          required
          aria-invalid={faults.title ? true : undefined}
          aria-describedby={faults.title ? `${id}-title-fault` : undefined}
          onChange={(event) => onEdit({ title: event.target.value })}
          onBlur={onLeave}
        />
        <Fault id={`${id}-title-fault`}>{faults.title}</Fault>
      </div>
      <TagsField tags={draft.tags} fault={faults.tags} onChange={(tags) => onEdit({ tags })} />
      {!isWide && <ViewSwitch view={view} onChange={setView} />}
      <div className={styles.panes}>
        <div className={styles.contentRow} hidden={!isWide && view !== 'write'}>
          <label htmlFor={`${id}-content`} className={styles.label}>
            {documentsText.contentLabel}
          </label>
          <textarea
            id={`${id}-content`}
            name="content"
            className={styles.content}
            value={draft.content}
            placeholder={documentsText.contentPlaceholder}
            aria-invalid={faults.content ? true : undefined}
            aria-describedby={faults.content ? `${id}-content-fault` : undefined}
            onChange={(event) => onEdit({ content: event.target.value })}
            onBlur={onLeave}
          />
          <Fault id={`${id}-content-fault`}>{faults.content}</Fault>
        </div>
        {(isWide || view === 'preview') && (
          <PreviewPane>
            <Preview content={draft.content} views={views} />
          </PreviewPane>
        )}
      </div>
    </form>
  )
}

function PreviewPane({ children }: { children: ReactNode }) {
  return (
    <section aria-label={documentsText.preview.label} className={styles.preview}>
      <p aria-hidden="true" className={styles.label}>
        {documentsText.preview.label}
      </p>
      {children}
    </section>
  )
}

function Fault({ id, children }: { id: string; children: string | undefined }) {
  return children ? (
    <p id={id} className={styles.fault}>
      {children}
    </p>
  ) : null
}

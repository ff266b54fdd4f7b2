import { useEffect, useEffectEvent, useState } from 'react'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { TextField } from '../../../components/text-field.tsx'
import { HttpFailure } from '../../../lib/failures.ts'
import { mediaText } from '../../../text/media.ts'
import { useChangeMedia } from '../api/change-media.ts'
import { type Media, shownAs } from '../media.ts'
import styles from './media-fields.module.css'

const words = mediaText.details

/** What people may change about a file. A change is saved when its field is left. */
export function MediaFields({ media }: { media: Media }) {
  const change = useChangeMedia(media)
  const refused = readRefusedFields(change.error)
  return (
    <div className={styles.fields}>
      <SavedField
        label={words.name}
        value={media.name}
        findFault={(name) => (name === '' ? mediaText.nameFaults.missing : undefined)}
        refusal={refused.has('name') ? mediaText.nameFaults.rejected : undefined}
        onSave={(name) => change.mutate({ name })}
      />
      {shownAs(media) === 'image' && (
        <SavedField
          label={words.altText}
          hint={words.altTextHint}
          value={media.alt_text}
          refusal={refused.has('alt_text') ? mediaText.altTextFault : undefined}
          onSave={(altText) => change.mutate({ alt_text: altText })}
        />
      )}
      {change.isError && refused.size === 0 && (
        <FailureMessage failure={change.error} onRetry={() => change.mutate(change.variables)} />
      )}
      <p role="status" className={styles.status}>
        {change.isPending && words.saving}
        {change.isSuccess && words.saved}
      </p>
    </div>
  )
}

type FieldProps = {
  label: string
  hint?: string
  value: string
  findFault?: (value: string) => string | undefined
  /** The service would not have what was saved last. */
  refusal: string | undefined
  onSave: (value: string) => void
}

function SavedField({ label, hint, value, findFault, refusal, onSave }: FieldProps) {
  const [text, setText] = useState(value)
  const [asked, setAsked] = useState(value)
  const fault = findFault?.(text.trim())

  function save() {
    const next = text.trim()
    if (next === asked || fault) return
    setAsked(next)
    onSave(next)
  }

  // Closing, and going on to another file, leave the field too.
  const leave = useEffectEvent(save)
  useEffect(() => () => leave(), [])

  return (
    <TextField
      label={label}
      value={text}
      error={fault ?? (text.trim() === asked ? refusal : undefined)}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={save}
      onKeyDown={({ key }) => key === 'Enter' && save()}
      {...(hint !== undefined && { hint })}
    />
  )
}

function readRefusedFields(failure: unknown): Set<string> {
  const faults = failure instanceof HttpFailure ? failure.problem.faults : []
  return new Set(faults.map(({ field }) => field))
}

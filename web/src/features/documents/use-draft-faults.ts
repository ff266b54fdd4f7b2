import { type RefObject, useState } from 'react'
import { type DraftFaults, findDraftFaults, readRefusedDraft } from './draft-faults.ts'
import type { EditedDraft } from './drafts/use-draft.ts'

/** What is wrong with the text. That a title is still missing is said to whoever asks for it to be saved. */
export function useDraftFaults({ draft, state }: EditedDraft, form: RefObject<HTMLFormElement | null>) {
  const [isAsked, setIsAsked] = useState(false)
  const found = findDraftFaults(draft)
  const refused = state.phase === 'incomplete' ? readRefusedDraft(state.failure) : {}

  /** False when there is something to put right first; the field has the focus then. */
  function check(): boolean {
    setIsAsked(true)
    const [first] = Object.keys(found)
    const field = first && form.current?.elements.namedItem(first)
    if (field instanceof HTMLElement) field.focus()
    return first === undefined
  }

  return { faults: { ...refused, ...(isAsked ? found : withoutEmptyTitle(found, draft.title)) }, check }
}

function withoutEmptyTitle({ title: fault, ...faults }: DraftFaults, title: string): DraftFaults {
  return title.trim() === '' || !fault ? faults : { ...faults, title: fault }
}

import { useSyncExternalStore } from 'react'
import { useDocument } from '../api/get-document.ts'
import { type Draft, EMPTY_DRAFT } from '../document.ts'
import { openDraftWork, subscribeToDrafts } from './draft-works.ts'

export type EditedDraft = ReturnType<typeof useDraft>

/** What the editor shows: what is written and not saved, or else the document as it is saved. */
export function useDraft(key: string, documentId: string | null) {
  const work = openDraftWork(key)
  const state = useSyncExternalStore(subscribeToDrafts, work.read)
  // A new document gets its id while it is written.
  const query = useDocument(state.documentId ?? documentId)
  const document = query.data ?? null
  const draft: Draft = state.edits ?? document ?? EMPTY_DRAFT

  return {
    work,
    state,
    query,
    document,
    draft,
    change: (part: Partial<Draft>) => {
      const { title, content, tags } = { ...draft, ...part }
      work.edit({ title, content, tags }, document)
    },
  }
}

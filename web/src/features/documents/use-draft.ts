import { useEffect, useState } from 'react'
import { currentSession, subscribeToSession } from '../../lib/session.ts'
import type { Document, Draft } from './document.ts'
import { forgetKeptDraft, keepDraft, readKeptDraft } from './kept-draft.ts'

const EMPTY: Draft = { title: '', content: '' }

/** The text in the editor, against the document as it is saved. Without edits it follows the saved one. */
export function useDraft(document: Document | null) {
  const documentId = document?.id ?? null
  const [accountId] = useState(() => currentSession().accountId ?? '')
  const [restored] = useState(() => readKeptDraft(accountId, documentId))
  const [edits, setEdits] = useState<Draft | null>(restored)
  const saved = document ?? EMPTY
  const draft = edits ?? saved
  const isDirty = draft.title.trim() !== saved.title || draft.content !== saved.content

  useEffect(() => {
    if (restored) forgetKeptDraft()
  }, [restored])

  useEffect(
    () =>
      subscribeToSession(() => {
        const session = currentSession()
        const hasLostSession = session.accountId !== accountId && session.endReason !== 'signed-out'
        if (hasLostSession && isDirty) keepDraft({ accountId, documentId, draft })
      }),
    [accountId, documentId, draft, isDirty],
  )

  return {
    draft,
    isDirty,
    isRestored: restored !== null && isDirty,
    change: (part: Partial<Draft>) => setEdits({ ...draft, ...part }),
    /** Follows the saved document again, unless more was written while it was being saved. */
    settle: (sent: Draft) => setEdits((current) => (current === sent ? null : current)),
  }
}

import { useNavigate } from 'react-router'
import { showNotice } from '../../lib/notices.ts'
import { paths } from '../../lib/paths.ts'
import { documentsText } from '../../text/documents.ts'
import type { Document } from './document.ts'
import { startNewDraft } from './drafts/draft-works.ts'
import type { EditedDraft } from './drafts/use-draft.ts'

const words = documentsText.conflict

export type ConflictChoice = 'mine' | 'theirs' | 'both'

/** What each choice between two versions does. */
export function useConflictChoice({ work, state }: EditedDraft) {
  const navigate = useNavigate()

  function keepBoth(theirs: Document) {
    if (!state.edits) return
    const title = words.copyTitle(state.edits.title)
    const key = startNewDraft({ ...state.edits, title })
    work.takeTheirs(theirs)
    showNotice(words.keptBoth(title), { label: words.open, run: () => navigate(paths.newDraft(key)) })
  }

  return (choice: ConflictChoice, theirs: Document) => {
    if (choice === 'mine') return work.keepMine(theirs)
    return choice === 'theirs' ? work.takeTheirs(theirs) : keepBoth(theirs)
  }
}

/** For a text whose document is gone. */
export function useSaveAsNew({ work, state }: EditedDraft) {
  const navigate = useNavigate()
  return () => {
    if (!state.edits) return
    const key = startNewDraft(state.edits)
    work.drop()
    navigate(paths.newDraft(key), { replace: true })
  }
}

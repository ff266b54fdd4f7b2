import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { Message } from '../../../components/message.tsx'
import { UpgradeOffer } from '../../../components/upgrade-offer.tsx'
import { hasCode } from '../../../lib/failures.ts'
import { documentsText } from '../../../text/documents.ts'
import { useRestoreDocument } from '../api/trash-document.ts'
import type { Document } from '../document.ts'
import { type DraftState, readConflict } from '../drafts/draft-work.ts'
import type { ConflictChoice } from '../use-conflict-choice.ts'
import { ConflictDialog } from './conflict-dialog.tsx'

type Props = {
  state: DraftState
  onRetry: () => void
  onSaveAsNew: () => void
  onChoose: (choice: ConflictChoice, theirs: Document) => void
}

/** What the person writing has to decide before the text can be saved. */
export function SaveProblem({ state, onRetry, onSaveAsNew, onChoose }: Props) {
  const { failure } = state
  const theirs = readConflict(state)

  if (theirs) return <Conflict key={theirs.version} state={state} theirs={theirs} onChoose={onChoose} />
  if (hasCode(failure, 'PLAN_LIMIT_REACHED')) return <UpgradeOffer failure={failure} onRetry={onRetry} />
  if (hasCode(failure, 'DOCUMENT_NOT_FOUND')) {
    return (
      <Message tone="danger">
        {documentsText.gone.lead}
        <Button onClick={onSaveAsNew}>{documentsText.gone.saveAsNew}</Button>
      </Message>
    )
  }
  if (hasCode(failure, 'DOCUMENT_IN_TRASH'))
    return <InTrash id={state.documentId ?? ''} onRestored={onRetry} />
  return <FailureMessage failure={failure} consequence={documentsText.saveFailed} onRetry={onRetry} />
}

function Conflict({ state, theirs, onChoose }: Pick<Props, 'state' | 'onChoose'> & { theirs: Document }) {
  const [isOpen, setIsOpen] = useState(true)
  return (
    <>
      <Message tone="danger">
        {documentsText.conflict.message}
        <Button onClick={() => setIsOpen(true)}>{documentsText.conflict.decide}</Button>
      </Message>
      {isOpen && state.edits && (
        <ConflictDialog
          mine={state.edits}
          theirs={theirs}
          onChoose={(choice) => onChoose(choice, theirs)}
          onDismiss={() => setIsOpen(false)}
        />
      )}
    </>
  )
}

function InTrash({ id, onRestored }: { id: string; onRestored: () => void }) {
  const restore = useRestoreDocument()
  return (
    <Message tone="danger">
      {documentsText.gone.trashed}
      <Button onClick={() => restore.mutate(id, { onSuccess: onRestored })}>
        {documentsText.gone.restore}
      </Button>
    </Message>
  )
}

import { type ReactNode, useEffect, useRef } from 'react'
import { Message } from '../../../components/message.tsx'
import { useConnection } from '../../../lib/connection.ts'
import { showNotice } from '../../../lib/notices.ts'
import { documentsText } from '../../../text/documents.ts'
import type { EditedDraft } from '../drafts/use-draft.ts'
import { insertParagraph } from '../insert-text.ts'
import { readSaveStatus } from '../save-status.ts'
import { useConflictChoice, useSaveAsNew } from '../use-conflict-choice.ts'
import { useDraftFaults } from '../use-draft-faults.ts'
import { useSaveShortcut } from '../use-save-shortcut.ts'
import { DocumentActions } from './document-actions.tsx'
import { DocumentFields } from './document-fields.tsx'
import { EditorToolbar } from './editor-toolbar.tsx'
import type { MediaViews } from './markdown-text.tsx'
import { SaveProblem } from './save-problem.tsx'

type Props = {
  edited: EditedDraft
  views: MediaViews
  /** What stands under the text; it can put a paragraph where the caret is. */
  renderAttachments: (insert: (paragraph: string) => void) => ReactNode
}

/** A document while it is written. It saves by itself; see drafts/draft-work.ts. */
export function DocumentEditor({ edited, views, renderAttachments }: Props) {
  const { work, state, document, draft, change } = edited
  const form = useRef<HTMLFormElement>(null)
  const { faults, check } = useDraftFaults(edited, form)
  const connection = useConnection()
  const choose = useConflictChoice(edited)
  const saveAsNew = useSaveAsNew(edited)

  useEffect(() => {
    if (work.takeNews()) showNotice(documentsText.restored)
  }, [work])

  function saveNow() {
    if (check()) work.save()
  }

  useSaveShortcut(saveNow)

  function insert(paragraph: string) {
    const field = form.current?.elements.namedItem('content')
    if (field instanceof HTMLTextAreaElement) insertParagraph(field, paragraph)
  }

  return (
    <>
      <EditorToolbar
        status={readSaveStatus(state, document, connection)}
        actions={<DocumentActions document={document} work={work} />}
      >
        {state.edits && !state.isKept && <Message tone="danger">{documentsText.notKept}</Message>}
        {state.phase === 'stopped' && (
          <SaveProblem state={state} onRetry={work.save} onSaveAsNew={saveAsNew} onChoose={choose} />
        )}
      </EditorToolbar>
      <DocumentFields
        form={form}
        draft={draft}
        faults={faults}
        views={views}
        onEdit={change}
        onSubmit={saveNow}
        onLeave={() => state.phase === 'waiting' && work.save()}
      />
      {renderAttachments(insert)}
    </>
  )
}

import { useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { Message } from '../../../components/message.tsx'
import { paths } from '../../../lib/paths.ts'
import { text } from '../../../lib/text.ts'
import { useSaveDocument } from '../api/save-document.ts'
import type { Document, Draft } from '../document.ts'
import { type DraftFaults, findDraftFaults, readRefusedDraft } from '../draft-faults.ts'
import { useDraft } from '../use-draft.ts'
import { useSaveShortcut } from '../use-save-shortcut.ts'
import { DocumentFields } from './document-fields.tsx'
import { EditorToolbar } from './editor-toolbar.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { SaveFailure } from './save-failure.tsx'

type Props = {
  /** The document as it is saved; null until the first save. */
  document: Document | null
  /** Handed on when the first save gives the document its address, so that this editor goes on there. */
  editorKey: string
}

export function DocumentEditor({ document, editorKey }: Props) {
  const { draft, isDirty, isRestored, change, settle } = useDraft(document)
  const [faults, setFaults] = useState<DraftFaults>({})
  const form = useRef<HTMLFormElement>(null)
  const save = useSaveDocument(document?.id ?? null)
  const showSaved = useShowSaved(editorKey)

  function submit() {
    if (save.isPending) return
    const found = findDraftFaults(draft)
    showFaults(found)
    if (Object.keys(found).length > 0) return
    save.mutate(draft, {
      onSuccess: (saved) => {
        settle(draft)
        showSaved(saved)
      },
      onError: (failure) => showFaults(readRefusedDraft(failure)),
    })
  }

  function showFaults(found: DraftFaults) {
    setFaults(found)
    const [first] = Object.keys(found)
    const field = first && form.current?.elements.namedItem(first)
    if (field instanceof HTMLElement) field.focus()
  }

  function edit(part: Partial<Draft>) {
    change(part)
    setFaults({})
  }

  useSaveShortcut(submit)

  const status = save.isPending
    ? 'saving'
    : save.isError && isDirty
      ? 'failed'
      : readStatus(isDirty, document)
  return (
    <>
      <EditorToolbar document={document} status={status} onSave={submit}>
        {save.isError && isDirty && Object.keys(faults).length === 0 && (
          <SaveFailure failure={save.error} onRetry={submit} />
        )}
      </EditorToolbar>
      {isRestored && <Message tone="info">{text.documents.restored}</Message>}
      <DocumentFields form={form} draft={draft} faults={faults} onEdit={edit} onSubmit={submit} />
      <LeaveGuard isDirty={isDirty} />
    </>
  )
}

function readStatus(isDirty: boolean, document: Document | null) {
  if (isDirty) return 'unsaved'
  return document ? 'saved' : 'empty'
}

/** Gives a document that was just created its own address, without leaving the editor. */
function useShowSaved(editorKey: string) {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  return (saved: Document) => {
    const path = paths.document(saved.id)
    if (pathname !== path) navigate(path, { replace: true, state: { editorKey, unguarded: true } })
  }
}

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { showNotice } from '../../../lib/notices.ts'
import { paths } from '../../../lib/paths.ts'
import { text } from '../../../lib/text.ts'
import { useDeleteDocument } from '../api/delete-document.ts'
import type { Document } from '../document.ts'
import { documentKeys } from '../document-keys.ts'

export function DeleteDocument({ document }: { document: Document }) {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <>
      <Button look="quiet" onClick={() => setIsAsking(true)}>
        {text.documents.delete}
      </Button>
      {isAsking && <DeleteDialog document={document} onDismiss={() => setIsAsking(false)} />}
    </>
  )
}

function DeleteDialog({ document, onDismiss }: { document: Document; onDismiss: () => void }) {
  const remove = useDeleteDocument(document.id)
  const leave = useLeaveDeleted(document)

  function confirm() {
    if (!remove.isPending) remove.mutate(undefined, { onSuccess: leave })
  }

  return (
    <Dialog
      title={text.documents.deleteQuestion(document.title)}
      description={text.documents.deleteConsequence}
      onDismiss={onDismiss}
    >
      {remove.isError && <FailureMessage failure={remove.error} />}
      <Button onClick={onDismiss}>{text.app.cancel}</Button>
      <Button look="danger" aria-disabled={remove.isPending} onClick={confirm}>
        {remove.isPending ? text.documents.deleting : text.documents.deleteConfirm}
      </Button>
    </Dialog>
  )
}

function useLeaveDeleted(document: Document) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  return async () => {
    showNotice(text.documents.deleted(document.title))
    await navigate(paths.documents, { replace: true, state: { unguarded: true } })
    // Only now: while the editor is shown, the missing document would be asked for again.
    queryClient.removeQueries({ queryKey: documentKeys.one(document.id) })
  }
}

import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { Button } from '../../../components/button.tsx'
import { showNotice } from '../../../lib/notices.ts'
import { paths } from '../../../lib/paths.ts'
import { commonText } from '../../../text/common.ts'
import { documentsText } from '../../../text/documents.ts'
import { useTrashDocument } from '../api/trash-document.ts'
import type { Document } from '../document.ts'
import { documentKeys } from '../document-keys.ts'
import type { DraftWork } from '../drafts/draft-work.ts'
import { startNewDraft } from '../drafts/draft-works.ts'

type Props = { document: Document | null; work: DraftWork }

/** Deleting leads to the list, where it can be undone. */
export function DocumentActions({ document, work }: Props) {
  if (document) return <DeleteDocument document={document} work={work} />
  return work.read().edits && <DiscardDraft work={work} />
}

function DeleteDocument({ document, work }: { document: Document; work: DraftWork }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const trash = useTrashDocument()

  async function remove() {
    if (trash.isPending) return
    // What was written last comes back with the rest.
    await work.save()
    trash.mutate(document, {
      onSuccess: async () => {
        work.drop()
        await navigate(paths.documents, { replace: true })
        // Only now: while the editor is shown, the document would be asked for again.
        queryClient.removeQueries({ queryKey: documentKeys.one(document.id) })
      },
    })
  }

  return (
    <Button look="quiet" aria-disabled={trash.isPending} onClick={remove}>
      {documentsText.delete}
    </Button>
  )
}

function DiscardDraft({ work }: { work: DraftWork }) {
  const navigate = useNavigate()

  async function discard() {
    const draft = work.read().edits
    work.drop()
    await navigate(paths.documents, { replace: true })
    if (!draft) return
    const takeUp = () => navigate(paths.newDraft(startNewDraft(draft)))
    showNotice(documentsText.discarded, { label: commonText.undo, run: takeUp })
  }

  return (
    <Button look="quiet" onClick={discard}>
      {documentsText.discard}
    </Button>
  )
}

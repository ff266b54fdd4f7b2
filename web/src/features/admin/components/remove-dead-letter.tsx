import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { showNotice } from '../../../lib/notices.ts'
import { adminText } from '../../../text/admin.ts'
import { commonText } from '../../../text/common.ts'
import type { DeadLetter } from '../admin.ts'
import { useRemoveDeadLetter } from '../api/settle-dead-letter.ts'

const words = adminText.system

type Props = { letter: DeadLetter; kind: string; onDismiss: () => void }

/** Asks first, because a job that is gone cannot be brought back. */
export function RemoveDeadLetter({ letter, kind, onDismiss }: Props) {
  const remove = useRemoveDeadLetter()

  function confirm() {
    if (!remove.isPending) remove.mutate(letter, { onSuccess: () => showNotice(words.removeDone) })
  }

  return (
    <Dialog title={words.removeQuestion(kind)} description={words.removeConsequence} onDismiss={onDismiss}>
      {remove.isError && <FailureMessage failure={remove.error} />}
      <Button onClick={onDismiss}>{commonText.cancel}</Button>
      <Button look="danger" aria-disabled={remove.isPending} onClick={confirm}>
        {remove.isPending ? words.removing : words.removeConfirm}
      </Button>
    </Dialog>
  )
}

import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { mediaText } from '../../../text/media.ts'

const words = mediaText.signOut

/** Signing out ends what is still on its way. */
export function StopUploads({ onStay, onStop }: { onStay: () => void; onStop: () => void }) {
  return (
    <Dialog title={words.question} description={words.consequence} onDismiss={onStay}>
      <Button onClick={onStay}>{words.stay}</Button>
      <Button look="danger" onClick={onStop}>
        {words.signOut}
      </Button>
    </Dialog>
  )
}

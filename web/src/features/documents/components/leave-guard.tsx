import { useEffect } from 'react'
import { type BlockerFunction, useBlocker } from 'react-router'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { readNavigationState } from '../../../lib/navigation-state.ts'
import { text } from '../../../lib/text.ts'

/** Asks before unsaved text is left behind: by a link, by going back, by signing out, by closing the tab. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  useAskBeforeUnload(isDirty)
  const shouldAsk: BlockerFunction = ({ currentLocation, nextLocation }) =>
    isDirty &&
    currentLocation.pathname !== nextLocation.pathname &&
    !readNavigationState(nextLocation.state).unguarded
  const blocker = useBlocker(shouldAsk)

  if (blocker.state !== 'blocked') return null
  return (
    <Dialog
      title={text.documents.leaveQuestion}
      description={text.documents.leaveConsequence}
      onDismiss={blocker.reset}
    >
      <Button onClick={blocker.reset}>{text.documents.leaveStay}</Button>
      <Button look="danger" onClick={blocker.proceed}>
        {text.documents.leaveDiscard}
      </Button>
    </Dialog>
  )
}

function useAskBeforeUnload(isDirty: boolean) {
  useEffect(() => {
    if (!isDirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    globalThis.addEventListener('beforeunload', ask)
    return () => globalThis.removeEventListener('beforeunload', ask)
  }, [isDirty])
}

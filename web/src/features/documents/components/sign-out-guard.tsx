import { useEffect, useState } from 'react'
import { type Blocker, useBlocker } from 'react-router'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { paths } from '../../../lib/paths.ts'
import { documentsText } from '../../../text/documents.ts'
import { hasUnsavedDrafts, listUnsavedDrafts, resumeDraftWorks } from '../drafts/draft-works.ts'

const MAX_WAIT_MS = 3000

const words = documentsText.signOut

/** Signing out leaves no text on this device, so what is unsaved is saved first. If that fails, someone is asked. */
export function SignOutGuard() {
  const blocker = useBlocker(
    ({ nextLocation }) => nextLocation.pathname === paths.signOut && hasUnsavedDrafts(),
  )
  return blocker.state === 'blocked' ? <SignOutQuestion blocker={blocker} /> : null
}

function SignOutQuestion({ blocker }: { blocker: Extract<Blocker, { state: 'blocked' }> }) {
  const [isAsking, setIsAsking] = useState(false)

  useEffect(() => {
    let isWanted = true
    saveInTime().then((isSaved) => {
      if (!isWanted) return
      if (isSaved) blocker.proceed()
      else setIsAsking(true)
    })
    return () => {
      isWanted = false
    }
  }, [blocker])

  if (!isAsking) return null
  return (
    <Dialog
      title={words.question}
      description={words.consequence(listUnsavedDrafts().length)}
      onDismiss={blocker.reset}
    >
      <Button onClick={blocker.reset}>{words.stay}</Button>
      <Button look="danger" onClick={blocker.proceed}>
        {words.discard}
      </Button>
    </Dialog>
  )
}

async function saveInTime(): Promise<boolean> {
  const timeout = new Promise((resolve) => setTimeout(resolve, MAX_WAIT_MS))
  await Promise.race([resumeDraftWorks(), timeout])
  return !hasUnsavedDrafts()
}

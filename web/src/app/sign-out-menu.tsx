import { type FormEvent, useState } from 'react'
import { createPortal } from 'react-dom'
import { useSubmit } from 'react-router'
import { AccountMenu } from '../features/account/components/account-menu.tsx'
import { StopUploads } from '../features/media/components/stop-uploads.tsx'
import { hasActiveUploads } from '../features/media/uploads/upload-store.ts'
import { paths } from '../lib/paths.ts'

/** Who is signed in, and the way out, which asks while files are on their way. */
export function SignOutMenu() {
  const [isAsking, setIsAsking] = useState(false)
  const submit = useSubmit()

  function ask(event: FormEvent) {
    if (!hasActiveUploads()) return
    event.preventDefault()
    setIsAsking(true)
  }

  function signOut() {
    setIsAsking(false)
    submit(null, { method: 'post', action: paths.signOut })
  }

  return (
    <>
      <AccountMenu onSignOut={ask} />
      {/* A question closes the menu, so it does not stand in it. */}
      {isAsking &&
        createPortal(<StopUploads onStay={() => setIsAsking(false)} onStop={signOut} />, document.body)}
    </>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { rememberDocument } from '../api/remember-document.ts'
import { onDocumentSaved, resumeDraftWorks, useUnsavedDrafts } from '../drafts/draft-works.ts'
import { SignOutGuard } from './sign-out-guard.tsx'

/** Around every page of an account: unsaved text finds its way to the service whichever page is shown. */
export function DraftKeeper() {
  const queryClient = useQueryClient()
  useAskBeforeUnload()

  useEffect(() => onDocumentSaved((document) => rememberDocument(queryClient, document)), [queryClient])
  useEffect(() => void resumeDraftWorks(), [])

  return <SignOutGuard />
}

/** Closing the page loses nothing, unless this browser refuses to keep text. */
function useAskBeforeUnload() {
  const isAtRisk = useUnsavedDrafts().some(({ isKept }) => !isKept)

  useEffect(() => {
    if (!isAtRisk) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    globalThis.addEventListener('beforeunload', ask)
    return () => globalThis.removeEventListener('beforeunload', ask)
  }, [isAtRisk])
}

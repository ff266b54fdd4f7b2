import { useEffect } from 'react'

/** Closing the page would end the uploads: the browser asks first. */
export function useAskBeforeUnload(isRunning: boolean) {
  useEffect(() => {
    if (!isRunning) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    globalThis.addEventListener('beforeunload', ask)
    return () => globalThis.removeEventListener('beforeunload', ask)
  }, [isRunning])
}

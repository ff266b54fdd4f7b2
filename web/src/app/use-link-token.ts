import { useEffect } from 'react'
import { useLocation } from 'react-router'

/** The secret of a link in a mail. It leaves the address bar and the history at once; only this page remembers it. */
export function useLinkToken(): string | null {
  const { pathname, hash } = useLocation()

  useEffect(() => {
    if (hash) history.replaceState(history.state, '', pathname)
  }, [pathname, hash])

  return new URLSearchParams(hash.slice(1)).get('token')
}

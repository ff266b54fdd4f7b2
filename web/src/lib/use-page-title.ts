import { useEffect } from 'react'
import { useSettings } from './settings.ts'

/** Names the page in the tab, the history and what a screen reader says first. */
export function usePageTitle(title: string) {
  const { siteName } = useSettings()

  useEffect(() => {
    document.title = `${title} – ${siteName}`
  }, [title, siteName])
}

import { useEffect } from 'react'
import { text } from './text.ts'

/** Names the page in the tab, the history and what a screen reader says first. */
export function usePageTitle(title: string) {
  useEffect(() => {
    document.title = `${title} – ${text.app.name}`
  }, [title])
}

import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'
import { focusHeading } from '../lib/focus-heading.ts'
import { readNavigationState } from '../lib/navigation-state.ts'

/** After a navigation, reading and tabbing start at the heading of the new page. */
export function useFocusOnNavigation() {
  const { pathname, state } = useLocation()
  const shownPath = useRef(pathname)
  const staysInEditor = readNavigationState(state).editorKey !== undefined

  useEffect(() => {
    if (shownPath.current === pathname) return
    shownPath.current = pathname
    if (staysInEditor) return
    focusHeading()
  }, [pathname, staysInEditor])
}

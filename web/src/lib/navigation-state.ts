/** What one page tells the next, kept with the browser's history entry. */
export type NavigationState = {
  /** The next page goes on with the same editor: the text, the caret and the focus stay. */
  editorKey?: string
  /** The page before is the list that this was opened from, so closing it is going back. */
  fromList?: boolean
}

export function readNavigationState(state: unknown): NavigationState {
  return (state ?? {}) as NavigationState
}

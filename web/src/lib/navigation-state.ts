/** What one page tells the next, kept with the browser's history entry. */
export type NavigationState = {
  /** The next page goes on with the same editor: the text, the caret and the focus stay. */
  editorKey?: string
  /** Nothing is lost by leaving, so no question is asked. */
  unguarded?: boolean
}

export function readNavigationState(state: unknown): NavigationState {
  return (state ?? {}) as NavigationState
}

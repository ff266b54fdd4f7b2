import { useSyncExternalStore } from 'react'

export type NoticeAction = { label: string; run: () => void }
/** A short message about something that just happened, shown and read out by the shell. */
export type Notice = { text: string; action: NoticeAction | null; id: number }

const listeners = new Set<() => void>()
let current: Notice | null = null
let count = 0

/** The action is an offer, such as "Undo": whoever misses it must find it elsewhere too. */
export function showNotice(text: string, action: NoticeAction | null = null) {
  count += 1
  change({ text, action, id: count })
}

export function dismissNotice() {
  if (current) change(null)
}

export function useNotice(): Notice | null {
  return useSyncExternalStore(subscribe, () => current)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function change(next: Notice | null) {
  current = next
  for (const listener of listeners) listener()
}

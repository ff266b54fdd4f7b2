import { useSyncExternalStore } from 'react'

/** A short message about something that just happened, shown and read out by the shell. */
type Notice = { text: string; id: number }

const listeners = new Set<() => void>()
let current: Notice | null = null
let count = 0

export function showNotice(text: string) {
  count += 1
  change({ text, id: count })
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

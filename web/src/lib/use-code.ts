import { useEffect, useSyncExternalStore } from 'react'
import { NetworkFailure } from './failures.ts'

type State<Module> = { isPending: boolean; data?: Module; error?: NetworkFailure }

type Code<Module> = {
  current: () => State<Module>
  subscribe: (listener: () => void) => () => void
  /** Nothing happens when it is there, or on its way. */
  start: () => void
}

/** A part of the app that is loaded when it is first needed. Unlike React.lazy, it can fail and be asked for again. */
export function codeOf<Module>(load: () => Promise<Module>): Code<Module> {
  const listeners = new Set<() => void>()
  let state: State<Module> = { isPending: false }

  function change(next: State<Module>) {
    state = next
    for (const listener of listeners) listener()
  }

  return {
    current: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: () => {
      if (state.data || state.isPending) return
      change({ isPending: true })
      load().then(
        (data) => change({ isPending: false, data }),
        (cause) => change({ isPending: false, error: new NetworkFailure('no code', { cause }) }),
      )
    },
  }
}

export function useCode<Module>(code: Code<Module>, isNeeded = true) {
  const state = useSyncExternalStore(code.subscribe, code.current)

  useEffect(() => {
    if (isNeeded) code.start()
  }, [code, isNeeded])

  return { ...state, refetch: code.start }
}

import { useSyncExternalStore } from 'react'

export type Account = { id: string; email: string }
export type Session = { accessToken: string; account: Account }
/** `elsewhere`: another tab of this browser signed out. */
export type EndReason = 'signed-out' | 'expired' | 'elsewhere'
type SessionState = { session: Session | null; endReason: EndReason | null }

const STORAGE_KEY = 'finity.session'
const listeners = new Set<() => void>()
let state: SessionState = { session: load(), endReason: null }

export function readSession(): Session | null {
  return state.session
}

export function useSession(): SessionState {
  return useSyncExternalStore(subscribeToSession, () => state)
}

export function subscribeToSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function readEndReason(): EndReason | null {
  return state.endReason
}

export function startSession(session: Session) {
  store(JSON.stringify(session))
  change({ session, endReason: null })
}

export function endSession(endReason: EndReason) {
  store(null)
  change({ session: null, endReason })
}

function change(next: SessionState) {
  state = next
  for (const listener of listeners) listener()
}

function load(): Session | null {
  try {
    return parse(localStorage.getItem(STORAGE_KEY))
  } catch {
    // Storage is blocked: the session then lives as long as the page.
    return null
  }
}

function store(value: string | null) {
  try {
    if (value === null) localStorage.removeItem(STORAGE_KEY)
    else localStorage.setItem(STORAGE_KEY, value)
  } catch {
    // Storage is blocked: the session then lives as long as the page.
  }
}

function parse(value: string | null): Session | null {
  if (!value) return null
  const session: Partial<Session> | null = JSON.parse(value)
  return session?.accessToken && session.account?.id && session.account.email ? (session as Session) : null
}

function followOtherTabs() {
  const session = load()
  if (session?.accessToken === state.session?.accessToken) return
  change({ session, endReason: session ? null : 'elsewhere' })
}

globalThis.addEventListener('storage', (event) => {
  if (event.key === STORAGE_KEY || event.key === null) followOtherTabs()
})
// A page frozen in the back-forward cache misses storage events.
globalThis.addEventListener('pageshow', (event) => {
  if (event.persisted) followOtherTabs()
})

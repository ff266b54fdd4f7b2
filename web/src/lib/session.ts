import { useSyncExternalStore } from 'react'
import { type AccessToken, readAccessToken } from './access-token.ts'

/** `elsewhere`: another tab of this browser signed out. `untold`: signed out here, but the service could not be told. */
export type EndReason = 'signed-out' | 'untold' | 'expired' | 'elsewhere' | 'password-reset'
export type Session = {
  accountId: string | null
  /** This browser was signed in; whether it still is, the service has yet to say. */
  isUnknown: boolean
  endReason: EndReason | null
}

/** The account's id and no secret: it tells a new page whether to ask for a session, and other tabs what happened here. */
const STORAGE_KEY = 'finity.signed-in'
const UNKNOWN: Session = { accountId: null, isUnknown: true, endReason: null }
const NONE: Session = { accountId: null, isUnknown: false, endReason: null }

const listeners = new Set<() => void>()
let session = loadMarker() === null ? NONE : UNKNOWN
let accessToken: AccessToken | null = null

export function currentSession(): Session {
  return session
}

export function currentAccessToken(): AccessToken | null {
  return accessToken
}

export function useSession(): Session {
  return useSyncExternalStore(subscribeToSession, currentSession)
}

export function subscribeToSession(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Signs in, or goes on with a newer token: only a change of account is news to the listeners. */
export function startSession(token: string): AccessToken {
  accessToken = readAccessToken(token, Date.now())
  const { accountId } = accessToken
  storeMarker(accountId)
  if (session.accountId !== accountId) change({ ...NONE, accountId })
  return accessToken
}

export function endSession(endReason: EndReason) {
  storeMarker(null)
  leave({ ...NONE, endReason })
}

function leave(next: Session) {
  accessToken = null
  change(next)
}

function change(next: Session) {
  session = next
  for (const listener of listeners) listener()
}

function loadMarker(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    // Storage is blocked: the session then lives as long as the page.
    return null
  }
}

function storeMarker(accountId: string | null) {
  try {
    if (accountId === null) localStorage.removeItem(STORAGE_KEY)
    else localStorage.setItem(STORAGE_KEY, accountId)
  } catch {
    // Storage is blocked: the session then lives as long as the page.
  }
}

function followOtherTabs() {
  const accountId = loadMarker()
  if (accountId === session.accountId) return
  if (accountId !== null) leave(UNKNOWN)
  else if (session.accountId !== null || session.isUnknown) leave({ ...NONE, endReason: 'elsewhere' })
}

globalThis.addEventListener('storage', (event) => {
  if (event.key === STORAGE_KEY || event.key === null) followOtherTabs()
})
// A page frozen in the back-forward cache misses storage events.
globalThis.addEventListener('pageshow', (event) => {
  if (event.persisted) followOtherTabs()
})

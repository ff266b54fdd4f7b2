import { useSyncExternalStore } from 'react'

/** `offline`: this device has no network. `unreachable`: it has one, but the service does not answer over it. */
export type Connection = 'up' | 'offline' | 'unreachable'

/** Small, public, and served by a service, not by the edge alone. */
const PROBE_ADDRESS = '/.well-known/jwks.json'
const PROBE_TIMEOUT_MS = 10_000
const FIRST_PAUSE_MS = 2000
const MAX_PAUSE_MS = 30_000

const listeners = new Set<() => void>()
let connection: Connection = navigator.onLine ? 'up' : 'offline'
let probing: Promise<void> | null = null

export function currentConnection(): Connection {
  return connection
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribeToConnection, currentConnection)
}

export function subscribeToConnection(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** For when something got no answer: asks the service itself, and resolves when an answer comes. */
export function untilReachable(): Promise<void> {
  probing ??= probe().finally(() => {
    probing = null
  })
  return probing
}

async function probe(): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; !(await isAnswering()); pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)) {
    change(navigator.onLine ? 'unreachable' : 'offline')
    await pause(pauseMs)
  }
  change('up')
}

async function isAnswering(): Promise<boolean> {
  if (!navigator.onLine) return false
  try {
    const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS)
    return (await fetch(PROBE_ADDRESS, { cache: 'no-store', signal })).ok
  } catch {
    return false
  }
}

/** Being online again ends it early. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
    globalThis.addEventListener('online', () => resolve(), { once: true })
  })
}

function change(next: Connection) {
  if (next === connection) return
  connection = next
  for (const listener of listeners) listener()
}

globalThis.addEventListener('offline', () => change('offline'))
globalThis.addEventListener('online', () => void untilReachable())

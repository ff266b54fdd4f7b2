import { useSyncExternalStore } from 'react'

/** What this installation says of itself. The edge serves it, so that one build suits every installation. */
export type Settings = {
  siteName: string
  supportEmail: string | null
  release: string | null
  /** Told by this installation, now or on an earlier visit. */
  isKnown: boolean
}

const ADDRESS = '/settings.json'
const STORAGE_KEY = 'finity.settings'
const DEFAULTS: Settings = { siteName: 'Finity', supportEmail: null, release: null, isKnown: false }

const listeners = new Set<() => void>()
let settings = readSettings(parse(loadStored())) ?? DEFAULTS

export function currentSettings(): Settings {
  return settings
}

export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, currentSettings)
}

/** Nobody waits for it: pages show what the last visit knew, or the defaults. */
export async function loadSettings() {
  const answer = await fetch(ADDRESS).then(readBody, () => null)
  change(readSettings(parse(answer)) ?? { ...settings, isKnown: true })
  if (answer) store(answer)
}

function readBody(response: Response): Promise<string> | null {
  return response.ok ? response.text() : null
}

function readSettings(answer: Record<string, unknown> | null): Settings | null {
  if (!answer) return null
  return {
    siteName: textOrNull(answer.site_name) ?? DEFAULTS.siteName,
    supportEmail: textOrNull(answer.support_email),
    release: textOrNull(answer.release),
    isKnown: true,
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function parse(text: string | null): Record<string, unknown> | null {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

function change(next: Settings) {
  settings = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function loadStored(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    // Storage is blocked: each visit asks anew.
    return null
  }
}

function store(answer: string) {
  try {
    localStorage.setItem(STORAGE_KEY, answer)
  } catch {
    // Storage is blocked: each visit asks anew.
  }
}

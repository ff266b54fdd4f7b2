import type { Draft } from '../document.ts'

/** Text that is not saved yet. It is kept on this device until it is, whatever becomes of the page. */
export type KeptDraft = {
  /** The document's id; a key made here for one that the service does not know yet. */
  key: string
  documentId: string | null
  /** What the changes were made on. */
  base: Base | null
  draft: Draft
  /** The first try to create it is repeated word for word, so that an answer that got lost makes no second document. */
  creation: { idempotencyKey: string; draft: Draft } | null
}

/** The time tells whether another version says something else: going to the trash and coming back changes nothing in it. */
export type Base = { version: number; updatedAt: string }

const PREFIX = 'finity.draft.'

/** False when this browser cannot keep it: storage is blocked or full. */
export function keepDraft(accountId: string, kept: KeptDraft): boolean {
  try {
    localStorage.setItem(storageKey(accountId, kept.key), JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

export function readKeptDraft(accountId: string, key: string): KeptDraft | null {
  try {
    return JSON.parse(localStorage.getItem(storageKey(accountId, key)) ?? 'null')
  } catch {
    return null
  }
}

export function listKeptKeys(accountId: string): string[] {
  const prefix = storageKey(accountId, '')
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
    return keys.map((key) => key.slice(prefix.length))
  } catch {
    return []
  }
}

export function dropKeptDraft(accountId: string, key: string) {
  try {
    localStorage.removeItem(storageKey(accountId, key))
  } catch {
    // Storage is blocked: nothing is kept.
  }
}

function storageKey(accountId: string, key: string): string {
  return `${PREFIX}${accountId}.${key}`
}

import type { Draft } from './document.ts'

/** Unsaved text that outlives the end of its session in this tab, so that it is there after signing in again. */
type KeptDraft = { accountId: string; documentId: string | null; draft: Draft }

const STORAGE_KEY = 'finity.unsaved-draft'

export function keepDraft(kept: KeptDraft) {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(kept))
  } catch {
    // Storage is blocked or full: the text cannot be kept.
  }
}

export function readKeptDraft(accountId: string, documentId: string | null): Draft | null {
  try {
    const kept: KeptDraft | null = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null')
    return kept?.accountId === accountId && kept.documentId === documentId ? kept.draft : null
  } catch {
    return null
  }
}

export function forgetKeptDraft() {
  try {
    sessionStorage.removeItem(STORAGE_KEY)
  } catch {
    // Storage is blocked: nothing is kept.
  }
}

import { useSyncExternalStore } from 'react'
import { currentConnection, subscribeToConnection } from '../../../lib/connection.ts'
import { randomId } from '../../../lib/random-id.ts'
import { currentSession, subscribeToSession } from '../../../lib/session.ts'
import type { Document, Draft } from '../document.ts'
import { createDraftWork, type DraftNews, type DraftState, type DraftWork } from './draft-work.ts'
import { keepDraft, listKeptKeys } from './kept-drafts.ts'

type News = DraftNews & { accountId: string | null }

const listeners = new Set<() => void>()
const savedListeners = new Set<(document: Document) => void>()
/** Of one account; a document that was just created is found under its key and under its id. */
const works = new Map<string, DraftWork>()
const channel = new BroadcastChannel('finity.drafts')
let { accountId } = currentSession()
let unsaved: DraftState[] = []

/** The work on a document, or on a new one, that is under way in this page or was left unfinished on this device. */
export function openDraftWork(key: string): DraftWork {
  const known = works.get(key)
  if (known) return known
  const work = createDraftWork({ accountId: accountId ?? '', key, onChange: notice, tell })
  works.set(key, work)
  return work
}

/** A key for a document that the service does not know yet. */
export function newDraftKey(): string {
  return `new-${randomId()}`
}

/** Goes on with a text as a new document. Returns its key. */
export function startNewDraft(draft: Draft): string {
  const key = newDraftKey()
  keepDraft(accountId ?? '', { key, documentId: null, base: null, draft, creation: null })
  openDraftWork(key).save()
  return key
}

/** What is not saved, on this device, of this account. */
export function useUnsavedDrafts(): DraftState[] {
  return useSyncExternalStore(subscribeToDrafts, listUnsavedDrafts)
}

export function listUnsavedDrafts(): DraftState[] {
  return unsaved
}

/** In whichever tab they were written. */
export function hasUnsavedDrafts(): boolean {
  return unsaved.length > 0 || listKeptKeys(accountId ?? '').length > 0
}

export function subscribeToDrafts(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function onDocumentSaved(listener: (document: Document) => void): () => void {
  savedListeners.add(listener)
  return () => savedListeners.delete(listener)
}

/** Takes up what was left unfinished: by a page that is gone, or in another tab, or while there was no connection. */
export function resumeDraftWorks(): Promise<void> {
  for (const key of listKeptKeys(accountId ?? '')) openDraftWork(key)
  notice()
  return saveDrafts()
}

/** Saves at once what would be saved later; what waits for a decision goes on waiting. */
export async function saveDrafts(): Promise<void> {
  const saves = unsavedWorks().map((work) => work.read().phase !== 'stopped' && work.save())
  await Promise.all(saves)
}

export function dropDrafts() {
  for (const work of unsavedWorks()) work.drop()
}

function unsavedWorks(): DraftWork[] {
  return [...new Set(works.values())].filter((work) => work.read().edits !== null)
}

function notice() {
  unsaved = unsavedWorks().map((work) => work.read())
  for (const listener of listeners) listener()
}

function tell(news: DraftNews) {
  channel.postMessage({ ...news, accountId } satisfies News)
  spread(news)
}

/** A document that was just created goes on under its id. */
function spread({ key, document }: DraftNews) {
  const work = works.get(key)
  if (!document) return
  if (work) works.set(document.id, work)
  for (const listener of savedListeners) listener(document)
}

channel.addEventListener('message', ({ data }: MessageEvent<News>) => {
  if (data.accountId !== accountId) return
  works.get(data.key)?.follow(data)
  spread(data)
})

// Whoever signs out leaves nothing behind; whose session just ended finds everything again.
subscribeToSession(() => {
  const session = currentSession()
  if (session.accountId === accountId) return
  if (session.endReason === 'signed-out') dropDrafts()
  for (const work of works.values()) work.close()
  works.clear()
  accountId = session.accountId
  notice()
})

subscribeToConnection(() => currentConnection() === 'up' && saveDrafts())

document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && saveDrafts())

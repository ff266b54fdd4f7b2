import { inTurn } from '../../../lib/in-turn.ts'
import { randomId } from '../../../lib/random-id.ts'
import { type Document, type Draft, isSameDraft, toDraft } from '../document.ts'
import { hasFaults } from '../draft-faults.ts'
import { judgeFailure, pauseBeforeRetry } from './judge-failure.ts'
import { type Base, dropKeptDraft, type KeptDraft, keepDraft, readKeptDraft } from './kept-drafts.ts'
import { ChangedElsewhere, sendDraft } from './send-draft.ts'

/**
 * `settled`: nothing is unsaved. `waiting`: the next save is due in a moment. `retrying`: one failed, and is tried again.
 * `incomplete`: it cannot be saved as it is. `stopped`: someone has to decide.
 */
export type Phase = 'settled' | 'waiting' | 'saving' | 'retrying' | 'incomplete' | 'stopped'

export type DraftState = {
  key: string
  documentId: string | null
  /** What the edits were made on. */
  base: Base | null
  /** What is written and not saved. */
  edits: Draft | null
  creation: KeptDraft['creation']
  phase: Phase
  failure: unknown
  /** It would survive this page. */
  isKept: boolean
}

/** What other tabs of this browser are told: text that is not saved yet, or the document that it became. */
export type DraftNews = { key: string; kept: KeptDraft | null; document: Document | null }

type Options = { accountId: string; key: string; onChange: () => void; tell: (news: DraftNews) => void }

export type DraftWork = ReturnType<typeof createDraftWork>

const NOTHING_WRITTEN = { edits: null, creation: null, phase: 'settled', failure: null } as const

const AUTOSAVE_MS = 1000
/** How long the tab that was written in is waited for. */
const STAND_IN_MS = 5000

/** The unsaved text of one document, and its way to the service: while it is edited, and after its editor is gone. */
export function createDraftWork({ accountId, key, onChange, tell }: Options) {
  let state = restore(key, readKeptDraft(accountId, key))
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending: Promise<void> | null = null
  let attempts = 0
  let isClosed = false
  let isNews = state.edits !== null

  function change(part: Partial<DraftState>) {
    state = { ...state, ...part }
    onChange()
  }

  function schedule(pauseMs: number) {
    clearTimeout(timer)
    timer = setTimeout(save, pauseMs)
  }

  function keep() {
    const kept = toKept(state)
    if (!kept) return
    change({ isKept: keepDraft(accountId, kept) })
    tell({ key: state.key, kept, document: null })
  }

  /** `document` is what the editor showed as saved. */
  function edit(draft: Draft, document: Document | null) {
    if (!state.edits) change({ documentId: document?.id ?? null, base: document && toBase(document) })
    const isBase = document !== null && document.version === state.base?.version
    if (isBase && !sending && isSameDraft(draft, document)) return settle(document)
    const isHeld = state.phase === 'saving' || state.phase === 'retrying' || state.phase === 'stopped'
    change({ edits: draft, ...(!isHeld && { phase: 'waiting', failure: null }) })
    keep()
    if (!isHeld) schedule(AUTOSAVE_MS)
  }

  /** Resolves when the attempt that is due, or under way, has come to something. */
  function save(): Promise<void> {
    clearTimeout(timer)
    sending ??= run().finally(() => {
      sending = null
    })
    return sending
  }

  async function run() {
    if (!state.edits || isClosed) return
    change({ phase: 'saving' })
    await inTurn(`draft.${state.key}`, attempt).catch(accept)
  }

  async function attempt() {
    // Another tab may have been first.
    if (!state.edits) return
    if (hasFaults(state.edits)) return change({ phase: 'incomplete', failure: null })
    if (state.documentId === null && !state.creation) {
      change({ creation: { idempotencyKey: randomId(), draft: toDraft(state.edits) } })
      keep()
    }
    const kept = toKept(state)
    if (!kept) return
    const { sent, document } = await sendDraft(kept)
    attempts = 0
    settle(document, state.edits && !isSameDraft(state.edits, sent) ? state.edits : null)
  }

  /** The document is as the service has it, but for what was written since. */
  function settle(document: Document, edits: Draft | null = null) {
    const settledKey = state.key
    clearTimeout(timer)
    dropKeptDraft(accountId, settledKey)
    change({ ...settled(document), edits, phase: edits ? 'waiting' : 'settled' })
    tell({ key: settledKey, kept: null, document })
    if (!edits) return
    keep()
    schedule(AUTOSAVE_MS)
  }

  function accept(failure: unknown) {
    const verdict = judgeFailure(failure)
    if (verdict === 'never') return change({ phase: 'waiting' })
    if (verdict === 'later') {
      schedule(pauseBeforeRetry(failure, attempts))
      attempts += 1
      return change({ phase: 'retrying', failure })
    }
    // A refused creation made nothing: the next try may say something else.
    change({ phase: verdict === 'incomplete' ? 'incomplete' : 'stopped', failure, creation: null })
    keep()
  }

  /** Another tab was written in, saved, or gave up what was written. */
  function follow({ kept, document }: DraftNews) {
    clearTimeout(timer)
    if (!kept) return change(document ? settled(document) : NOTHING_WRITTEN)
    const { draft: edits, documentId, base, creation } = kept
    change({ edits, documentId, base, creation, phase: 'waiting', failure: null, isKept: true })
    schedule(STAND_IN_MS)
  }

  return {
    read: () => state,
    /** Whether the text was left behind by an earlier page, which is said once. */
    takeNews: () => {
      const wasNews = isNews && state.edits !== null
      isNews = false
      return wasNews
    },
    edit,
    save,
    follow,
    /** What the service has takes the place of what was written here. */
    takeTheirs: (theirs: Document) => settle(theirs),
    /** What was written here takes the place of what the service has. */
    keepMine: (theirs: Document) => {
      change({ base: toBase(theirs), phase: 'waiting', failure: null })
      return save()
    },
    /** Its account is not signed in any more: what is kept is taken up anew. */
    close: () => {
      isClosed = true
      clearTimeout(timer)
    },
    drop: () => {
      clearTimeout(timer)
      dropKeptDraft(accountId, state.key)
      change(NOTHING_WRITTEN)
      tell({ key: state.key, kept: null, document: null })
    },
  }
}

/** Someone has to choose between two versions. */
export function readConflict({ failure }: DraftState): Document | null {
  return failure instanceof ChangedElsewhere ? failure.theirs : null
}

function restore(key: string, kept: KeptDraft | null): DraftState {
  const { documentId = null, base = null, draft: edits = null, creation = null } = kept ?? {}
  const phase = edits ? 'waiting' : 'settled'
  return { key, documentId, base, edits, creation, phase, failure: null, isKept: edits !== null }
}

function settled(document: Document): DraftState {
  return { ...restore(document.id, null), documentId: document.id, base: toBase(document) }
}

function toBase({ version, updated_at: updatedAt }: Document): Base {
  return { version, updatedAt }
}

function toKept({ key, documentId, base, edits, creation }: DraftState): KeptDraft | null {
  return edits && { key, documentId, base, draft: edits, creation }
}

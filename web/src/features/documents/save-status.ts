import type { Connection } from '../../lib/connection.ts'
import type { documentsText } from '../../text/documents.ts'
import type { Document } from './document.ts'
import type { DraftState } from './drafts/draft-work.ts'

export type SaveStatus = keyof typeof documentsText.status

/** What the person writing is told about the text in the editor. */
export function readSaveStatus(
  state: DraftState,
  document: Document | null,
  connection: Connection,
): SaveStatus {
  const { edits, phase, failure, isKept } = state
  if (!edits) return document ? 'saved' : 'empty'
  // Another try changes nothing until it is through.
  if (phase === 'saving' && !failure) return 'saving'
  if (phase === 'waiting') return 'unsaved'
  return isKept ? readTrouble(state, connection) : 'lost'
}

function readTrouble({ edits, phase }: DraftState, connection: Connection): SaveStatus {
  if (phase === 'incomplete') return edits?.title.trim() === '' ? 'untitled' : 'unfit'
  if (phase === 'stopped') return 'stopped'
  return connection === 'up' ? 'retrying' : 'offline'
}

/** Something that whoever cannot see it should hear of. */
export function isTrouble(status: SaveStatus): boolean {
  return !['empty', 'saved', 'unsaved', 'saving'].includes(status)
}

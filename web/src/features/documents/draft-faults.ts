import { HttpFailure, isHttpFailure } from '../../lib/failures.ts'
import { text } from '../../lib/text.ts'
import type { Draft } from './document.ts'

/** What is wrong with a field, in words for the person writing. */
export type DraftFaults = { title?: string; content?: string }

export const TITLE_MAX_LENGTH = 200
export const CONTENT_MAX_LENGTH = 500_000

const words = text.documents.errors
const contentTooLong = words.contentTooLong(CONTENT_MAX_LENGTH.toLocaleString(text.locale))

export function findDraftFaults({ title, content }: Draft): DraftFaults {
  return {
    ...findTitleFault(title.trim()),
    ...(countCharacters(content) > CONTENT_MAX_LENGTH && { content: contentTooLong }),
  }
}

function findTitleFault(title: string): DraftFaults {
  if (title === '') return { title: words.titleMissing }
  return countCharacters(title) > TITLE_MAX_LENGTH ? { title: words.titleTooLong } : {}
}

/** Counts code points, as the service counts. */
function countCharacters(value: string): number {
  let count = 0
  for (const _character of value) count += 1
  return count
}

/** The fields that a refused save is about; none if it is not about a field. */
export function readRefusedDraft(failure: unknown): DraftFaults {
  if (isHttpFailure(failure, 413)) return { content: contentTooLong }
  if (!(failure instanceof HttpFailure)) return {}
  const fields = new Set(failure.problem.faults.map((fault) => fault.field))
  return {
    ...(fields.has('title') && { title: words.titleRejected }),
    ...(fields.has('content') && { content: words.contentRejected }),
  }
}

import { HttpFailure, isHttpFailure } from '../../lib/failures.ts'
import { commonText } from '../../text/common.ts'
import { documentsText } from '../../text/documents.ts'
import type { Draft } from './document.ts'

/** What is wrong with a field, in words for the person writing. */
export type DraftFaults = { title?: string; tags?: string; content?: string }

export const TITLE_MAX_LENGTH = 200
export const CONTENT_MAX_LENGTH = 500_000

const words = documentsText.errors
const contentTooLong = words.contentTooLong(CONTENT_MAX_LENGTH.toLocaleString(commonText.locale))

export function findDraftFaults({ title, content }: Draft): DraftFaults {
  return {
    ...findTitleFault(title.trim()),
    ...(isLonger(content, CONTENT_MAX_LENGTH) && { content: contentTooLong }),
  }
}

export function hasFaults(draft: Draft): boolean {
  return Object.keys(findDraftFaults(draft)).length > 0
}

function findTitleFault(title: string): DraftFaults {
  if (title === '') return { title: words.titleMissing }
  return isLonger(title, TITLE_MAX_LENGTH) ? { title: words.titleTooLong } : {}
}

/** Counts code points, as the service counts; there are never more of them than code units. */
export function isLonger(value: string, limit: number): boolean {
  if (value.length <= limit) return false
  let count = 0
  for (const _character of value) count += 1
  return count > limit
}

/** The fields that a refused save is about; none if it is not about a field. */
export function readRefusedDraft(failure: unknown): DraftFaults {
  if (isHttpFailure(failure, 413)) return { content: contentTooLong }
  if (!(failure instanceof HttpFailure)) return {}
  const fields = new Set(failure.problem.faults.map((fault) => fault.field))
  return {
    ...(fields.has('title') && { title: words.titleRejected }),
    ...(fields.has('tags') && { tags: words.tagsRejected }),
    ...(fields.has('content') && { content: words.contentRejected }),
  }
}

import { documentsText } from '../../text/documents.ts'
import { isLonger } from './draft-faults.ts'

const MAX_TAGS = 10
const TAG_MAX_LENGTH = 40

type Addition = { tags: string[]; fault: string | null }

/** Takes over what was typed, one tag or several with commas between them. The first fault leaves the tags as they were. */
export function addTags(tags: string[], typed: string): Addition {
  const next = [...tags]
  for (const tag of typed.split(',').map(clean)) {
    if (tag === '' || next.some((known) => isSameTag(known, tag))) continue
    if (isLonger(tag, TAG_MAX_LENGTH)) return { tags, fault: documentsText.errors.tagTooLong }
    next.push(tag)
  }
  return next.length > MAX_TAGS
    ? { tags, fault: documentsText.errors.tooManyTags }
    : { tags: next, fault: null }
}

export function isSameTag(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** What is pasted may hold tabs or line ends, which no tag has. */
function clean(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

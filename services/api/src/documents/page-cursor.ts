import { createHash } from 'node:crypto'
import { momentInCursor, pageCursor } from '@finity/kit/http/page-cursor.ts'
import { z } from 'zod'
import type { DocumentPlace, ListQuestion } from './list-store.ts'

/** What the database would not take as text is refused here. */
const value = z.string().refine((text) => text.isWellFormed() && !text.includes('\0'))
const cursor = pageCursor(z.tuple([z.string(), value, z.uuid()]))

export function writeCursor(question: ListQuestion, { value, id }: DocumentPlace): string {
  return cursor.write([markOf(question), value, id])
}

/** The place that `writeCursor` wrote for the same question, or null for anything else. */
export function readCursor(question: ListQuestion, text: string): DocumentPlace | null {
  const [mark, value, id] = cursor.read(text) ?? []
  if (mark !== markOf(question) || value === undefined || id === undefined) return null
  const isFitting = question.order.endsWith('title') || momentInCursor.safeParse(value).success
  return isFitting ? { value, id } : null
}

/** Tells questions apart: a place in one list is none in another. */
function markOf({ order, q, tag }: ListQuestion): string {
  if (q === undefined && tag === undefined) return order
  return createHash('sha256')
    .update(JSON.stringify([order, q, tag]))
    .digest('base64url')
    .slice(0, 8)
}

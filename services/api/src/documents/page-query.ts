import { integerInQuery, textOf } from '@finity/kit/http/schema-parts.ts'
import { z } from 'zod'
import type { PageRequest } from './list-documents.ts'
import type { ListQuestion } from './list-store.ts'
import { readCursor } from './page-cursor.ts'
import { tag } from './schemas.ts'

const sort = z.enum(['-updated_at', 'updated_at', '-created_at', 'created_at', 'title', '-title'])

const trashed = z.enum(['true', 'false']).default('false')

/** The query of the list. What it asks for decides which cursors belong to it, so the fields are looked at together. */
export const pageQuery = z
  .strictObject({
    limit: integerInQuery({ min: 1, max: 100, fallback: 20 }),
    cursor: z.string().optional(),
    sort: sort.optional().describe('Default -updated_at; the trash has the newest first and takes none'),
    q: textOf({ max: 200 }).optional().describe('Words that title, tags or content have, or that begin so'),
    tag: tag.optional(),
    trashed,
  })
  .transform(({ limit, cursor, sort, q, tag, trashed }, check): PageRequest => {
    const refuse = (field: string, message: string) =>
      check.addIssue({ code: 'custom', path: [field], message })
    const isTrash = trashed === 'true'
    if (isTrash && sort) refuse('sort', 'The trash has an order of its own')
    const order = isTrash ? '-trashed_at' : (sort ?? '-updated_at')
    const question: ListQuestion = { order, q: q?.trim() || undefined, tag }
    const after = cursor === undefined ? undefined : readCursor(question, cursor)
    if (after === null) refuse('cursor', 'Input should be a next_cursor of an earlier page of this list')
    return { ...question, limit, after: after ?? undefined }
  })

export const trashQuery = z.strictObject({ trashed: z.literal('true') })

export const removalQuery = z.strictObject({
  forever: z.enum(['true', 'false']).default('false'),
})

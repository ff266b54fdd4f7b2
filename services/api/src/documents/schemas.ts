import { integerInQuery, textOf } from '@finity/kit/http/schema-parts.ts'
import { z } from 'zod'
import type { Document, DocumentSummary } from './document-store.ts'
import { readCursor } from './page-cursor.ts'

/** The whole body; in practice the limit of long documents in scripts that need several bytes a character. */
export const documentBodyLimitBytes = 2_200_000

const title = z
  .string()
  .trim()
  .pipe(textOf({ min: 1, max: 200 }))
  .meta({ minLength: 1, maxLength: 200 })
const content = textOf({ max: 500_000 }).describe('Markdown')

export const newDocument = z
  .strictObject({ title, content: content.default('') })
  .meta({ title: 'NewDocument' })

export const documentChanges = z
  .strictObject({ title: title.optional(), content: content.optional() })
  .meta({ title: 'DocumentChanges' })

/** Not a UUID in the schema: a malformed id is a document that does not exist. */
export const documentPath = z.object({ id: z.string().meta({ format: 'uuid' }) })

export const noQuery = z.strictObject({})

const cursor = z.string().transform((text, check) => {
  const place = readCursor(text)
  if (place) return place
  check.addIssue({ code: 'custom', message: 'Input should be a next_cursor of an earlier page', input: text })
  return z.NEVER
})

export const pageQuery = z.strictObject({
  limit: integerInQuery({ min: 1, max: 100, fallback: 20 }),
  cursor: cursor.optional(),
})

const timestamps = { created_at: z.iso.datetime(), updated_at: z.iso.datetime() }

export const documentRead = z
  .object({ id: z.uuid(), title: z.string(), content: z.string(), ...timestamps })
  .meta({ title: 'Document' })

export const documentPage = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        title: z.string(),
        excerpt: z.string().describe('How the content begins'),
        ...timestamps,
      }),
    ),
    next_cursor: z.string().nullable().describe('Asks for the next page; null on the last'),
  })
  .meta({ title: 'DocumentPage' })

export function toDocumentRead(document: Document): z.input<typeof documentRead> {
  return { id: document.id, title: document.title, content: document.content, ...writeTimestamps(document) }
}

export function toListItem(document: DocumentSummary): z.input<typeof documentPage>['items'][number] {
  return { id: document.id, title: document.title, excerpt: document.excerpt, ...writeTimestamps(document) }
}

function writeTimestamps({ createdAt, updatedAt }: { createdAt: Date; updatedAt: Date }) {
  return { created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() }
}

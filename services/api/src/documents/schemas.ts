import { textOf } from '@finity/kit/http/schema-parts.ts'
import { z } from 'zod'
import type { Document } from './document-store.ts'
import type { DocumentSummary } from './list-store.ts'

/** The whole body; in practice the limit of long documents in scripts that need several bytes a character. */
export const documentBodyLimitBytes = 2_200_000

const title = z
  .string()
  .trim()
  .pipe(textOf({ min: 1, max: 200 }))
  .meta({ minLength: 1, maxLength: 200 })
const content = textOf({ max: 500_000 }).describe('Markdown')

export const tag = z
  .string()
  .trim()
  .pipe(textOf({ min: 1, max: 40 }).regex(/^\P{Cc}*$/u))
  .meta({ minLength: 1, maxLength: 40 })
const tags = z.array(tag).max(10).transform(withoutRepeats)

export const newDocument = z
  .strictObject({ title, content: content.default(''), tags: tags.default([]) })
  .meta({ title: 'NewDocument' })

export const documentChanges = z
  .strictObject({ title: title.optional(), content: content.optional(), tags: tags.optional() })
  .meta({ title: 'DocumentChanges' })

/** Not a UUID in the schema: a malformed id is a document that does not exist. */
const id = z.string().meta({ format: 'uuid' })
export const documentPath = z.object({ id })
export const attachmentPath = z.object({ id, media_id: id })

export const noQuery = z.strictObject({})

/** Formats are told and not checked, unlike those of input: on a page of documents that would cost as much as writing the JSON. */
const moment = z.string().meta({ format: 'date-time' })
const inBoth = {
  id,
  title: z.string(),
  tags: z.array(z.string()),
  version: z.int().describe('Counts the changes; in quotes it is the ETag'),
  created_at: moment,
  updated_at: moment,
  trashed_at: moment.nullable().describe('When it went to the trash'),
}

export const documentRead = z.object({ ...inBoth, content: z.string() }).meta({ title: 'Document' })

export const documentListItem = z
  .object({ ...inBoth, excerpt: z.string().describe('How the content begins') })
  .meta({ title: 'DocumentListItem' })

export const documentPage = z
  .object({
    items: z.array(documentListItem),
    next_cursor: z.string().nullable().describe('Asks for the next page; null on the last'),
  })
  .meta({ title: 'DocumentPage' })

export const tagList = z
  .object({ items: z.array(z.object({ tag: z.string(), documents: z.int() })) })
  .meta({ title: 'TagList' })

export function toDocumentRead(document: Document): z.input<typeof documentRead> {
  const { id, title, content, tags, version, createdAt, updatedAt, trashedAt } = document
  return {
    id,
    title,
    content,
    tags,
    version,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
    trashed_at: trashedAt?.toISOString() ?? null,
  }
}

export function toListItem(document: DocumentSummary): z.input<typeof documentListItem> {
  const { id, title, excerpt, tags, version, createdAt, updatedAt, trashedAt } = document
  return {
    id,
    title,
    excerpt,
    tags,
    version,
    created_at: createdAt,
    updated_at: updatedAt,
    trashed_at: trashedAt,
  }
}

/** Of tags that differ in case alone, the first. */
function withoutRepeats(given: string[]): string[] {
  const seen = new Set<string>()
  return given.filter((one) => seen.size < seen.add(one.toLowerCase()).size)
}

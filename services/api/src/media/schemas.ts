import { integerInQuery, textOf } from '@finity/kit/http/schema-parts.ts'
import { z } from 'zod'
import type { Medium } from './media-store.ts'
import { mediaKinds } from './media-types.ts'
import { mediaCursor } from './page-cursor.ts'

/** Slashes would be a path, control characters a second header, and marks of direction hide what a name ends with. */
const noFileName = /[/\\\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]|^\.{1,2}$/u

const name = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(
    textOf({ min: 1, max: 255 }).refine((text) => !noFileName.test(text), {
      error: 'Input should be a file name, without slashes, control characters and marks of direction',
    }),
  )
  .meta({ minLength: 1, maxLength: 255 })

const altText = textOf({ max: 1_000 }).describe('What the picture shows, for who does not see it')

/** Not a UUID in the schema: a malformed id is a medium that does not exist. */
export const mediaPath = z.object({ id: z.string().meta({ format: 'uuid' }) })

export const noQuery = z.strictObject({})

export const newMedia = z.strictObject({ name, alt_text: altText.default('') })

export const mediaChanges = z
  .strictObject({ name: name.optional(), alt_text: altText.optional() })
  .meta({ title: 'MediaChanges' })

const flag = z.enum(['true', 'false']).default('false').meta({ type: 'boolean' })

export const listQuery = z.strictObject({
  limit: integerInQuery({ min: 1, max: 100, fallback: 20 }),
  cursor: mediaCursor.inQuery.optional(),
  kind: z.enum(mediaKinds).optional(),
  q: textOf({ max: 255 }).optional().describe('Found anywhere in the name'),
  deleted: flag.describe('Those that can be restored, in place of the others'),
})

/** The first three come from a link of the medium and stand for a token. */
export const fileQuery = z.strictObject({
  expires: z.string().optional(),
  session: z.string().optional(),
  signature: z.string().optional(),
  download: flag.describe('Never shown in place'),
})

const link = z.string().describe('A path that works without a token, for an hour or two')

export const mediaRead = z
  .object({
    id: z.uuid(),
    name: z.string(),
    alt_text: z.string(),
    media_type: z.string().describe('By its content'),
    size_bytes: z.int(),
    sha256: z.string(),
    width: z.int().nullable().describe('Of a picture, as it is shown'),
    height: z.int().nullable(),
    variant_state: z.enum(['none', 'pending', 'ready', 'failed']).describe('Of its smaller pictures'),
    created_at: z.iso.datetime(),
    deleted_at: z.iso.datetime().nullable().describe('It can be restored for 24 hours'),
    links: z.object({ content: link, download: link, thumbnail: link.nullable(), medium: link.nullable() }),
  })
  .meta({ title: 'Media' })

export type MediaRead = z.input<typeof mediaRead>

export const mediaPage = z
  .object({
    items: z.array(mediaRead),
    next_cursor: z.string().nullable().describe('Asks for the next page; null on the last'),
  })
  .meta({ title: 'MediaPage' })

/** All of it that does not depend on who asks and when. */
export type MediaFacts = Omit<MediaRead, 'links'>

export function toMediaFacts(medium: Medium): MediaFacts {
  return {
    id: medium.id,
    name: medium.name,
    alt_text: medium.altText,
    media_type: medium.mediaType,
    size_bytes: medium.sizeBytes,
    sha256: Buffer.from(medium.sha256).toString('hex'),
    width: medium.width,
    height: medium.height,
    variant_state: medium.variantState,
    created_at: medium.createdAt.toISOString(),
    deleted_at: medium.deletedAt?.toISOString() ?? null,
  }
}

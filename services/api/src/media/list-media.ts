import type { Context } from '../context.ts'
import type { MediaFilter, Medium } from './media-store.ts'
import { mediaCursor, type PageCursor } from './page-cursor.ts'

export type PageRequest = MediaFilter & { limit: number; cursor?: PageCursor | undefined }

export type MediaPage = { media: Medium[]; nextCursor: string | null }

/** One row more than asked for tells whether another page follows. */
export async function listMedia(
  context: Context,
  accountId: string,
  { limit, cursor, ...filter }: PageRequest,
): Promise<MediaPage> {
  const found = await context.media.listMedia(accountId, filter, limit + 1, cursor)
  const media = found.slice(0, limit)
  const last = found.length > limit ? media.at(-1) : undefined
  return { media, nextCursor: last ? mediaCursor.write({ createdAt: last.createdAt, id: last.id }) : null }
}

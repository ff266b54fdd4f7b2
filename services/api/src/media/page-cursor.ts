import { z } from 'zod'

/** The place after which a page begins: the last row of the page before. */
export type PageCursor = { createdAt: Date; id: string }

const content = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()])

/** Opaque to clients: base64url of the row's time of making and id. */
export function writeCursor({ createdAt, id }: PageCursor): string {
  return Buffer.from(JSON.stringify([createdAt.toISOString(), id])).toString('base64url')
}

/** The cursor that `writeCursor` wrote, or null for anything else. */
export function readCursor(text: string): PageCursor | null {
  try {
    const [createdAt, id] = content.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    const cursor = { createdAt: new Date(createdAt), id }
    return writeCursor(cursor) === text ? cursor : null
  } catch {
    return null
  }
}

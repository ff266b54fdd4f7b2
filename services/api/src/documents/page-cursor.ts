import { z } from 'zod'

/** The place after which a page begins: the last row of the page before, by the order of the list. */
export type PageCursor = { updatedAt: Date; id: string }

const content = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()])

/** Opaque to clients: base64url of the row's change time and id. */
export function writeCursor({ updatedAt, id }: PageCursor): string {
  return Buffer.from(JSON.stringify([updatedAt.toISOString(), id])).toString('base64url')
}

/** The cursor that `writeCursor` wrote, or null for anything else. */
export function readCursor(text: string): PageCursor | null {
  try {
    const [updatedAt, id] = content.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
    const cursor = { updatedAt: new Date(updatedAt), id }
    return writeCursor(cursor) === text ? cursor : null
  } catch {
    return null
  }
}

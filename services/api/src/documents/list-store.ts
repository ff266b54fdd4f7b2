import pg from 'pg'
import type { Document } from './document-store.ts'

/** Times are in ISO 8601: a page only passes them on. */
export type DocumentSummary = Pick<Document, 'id' | 'title' | 'tags' | 'version'> & {
  excerpt: string
  createdAt: string
  updatedAt: string
  trashedAt: string | null
}

export type ListOrder = keyof typeof orders

/** Which documents, and in which order. Those in the trash have an order of their own. */
export type ListQuestion = { order: ListOrder; q: string | undefined; tag: string | undefined }

/** Where a document stands in the order: a time in ISO 8601, or a title in lower case; and its id. */
export type DocumentPlace = { value: string; id: string }

export type Listed = DocumentSummary & Pick<DocumentPlace, 'value'>

export type DocumentLists = {
  /** At most `limit`, beginning after `after`. */
  listDocuments: (
    ownerId: string,
    question: ListQuestion,
    limit: number,
    after: DocumentPlace | undefined,
  ) => Promise<Listed[]>
}

const inUse = 'trashed_at is null'
const orders = {
  '-updated_at': { by: 'updated_at', type: 'timestamptz', isDown: true, among: inUse },
  updated_at: { by: 'updated_at', type: 'timestamptz', isDown: false, among: inUse },
  '-created_at': { by: 'created_at', type: 'timestamptz', isDown: true, among: inUse },
  created_at: { by: 'created_at', type: 'timestamptz', isDown: false, among: inUse },
  title: { by: 'lower(title)', type: 'text', isDown: false, among: inUse },
  '-title': { by: 'lower(title)', type: 'text', isDown: true, among: inUse },
  '-trashed_at': { by: 'trashed_at', type: 'timestamptz', isDown: true, among: 'trashed_at is not null' },
}

/** On the pool itself: a page is what is asked for most, and Prisma would make it cost nearly twice as much. */
export function createDocumentLists(pool: Pick<pg.Pool, 'query'>): DocumentLists {
  return {
    async listDocuments(ownerId, question, limit, after) {
      const { rows } = await pool.query<Listed>(writeListQuery(ownerId, question, limit, after))
      return rows
    },
  }
}

export function writeListQuery(
  ownerId: string,
  { order, q, tag }: ListQuestion,
  limit: number,
  after: DocumentPlace | undefined,
) {
  const { by, type, isDown, among } = orders[order]
  const values: unknown[] = [ownerId, limit]
  const given = (value: unknown) => `$${values.push(value)}`
  const conditions = [
    'owner_id = $1',
    among,
    // One comparison of two rows follows the index.
    after && `(${by}, id) ${isDown ? '<' : '>'} (${given(after.value)}::${type}, ${given(after.id)}::uuid)`,
    q !== undefined && `search @@ words_asked(${given(q)})`,
    tag !== undefined && `search @@ tag_asked(${given(tag)})`,
  ]
  const direction = isDown ? 'desc' : 'asc'
  const text = `
    select id, title, excerpt, tags, version, ${by} as value,
           created_at as "createdAt", updated_at as "updatedAt", trashed_at as "trashedAt"
    from document where ${conditions.filter(Boolean).join(' and ')}
    order by ${by} ${direction}, id ${direction} limit $2`
  // A name lets the server plan once. A search is planned anew, for the words that are asked for.
  const isSearch = q !== undefined || tag !== undefined
  const name = `documents ${order} ${after ? 'after' : 'first'}`
  return { text, values, types, ...(!isSearch && { name }) }
}

/** PostgreSQL writes a time as 2026-11-23 13:35:00.25+00, in the pool's time zone, UTC; making a Date of it only to write it costs. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type, format) =>
    type === pg.types.builtins.TIMESTAMPTZ ? toIso : pg.types.getTypeParser(type, format),
}

function toIso(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`
}

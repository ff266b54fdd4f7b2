import pg from 'pg'
import type { FirstAnswer } from '../idempotency/idempotency-store.ts'
import type { Subscription } from '../subscriptions/subscription-store.ts'
import type { Document } from './document-store.ts'

/** What a new document of an account depends on. */
export type Surroundings = {
  subscription: Pick<Subscription, 'plan' | 'status'> | null
  documents: number
  /** To the request's key, when it has one. */
  first: FirstAnswer | null
}

/** What is kept under the request's key. */
export type Kept = FirstAnswer & { key: string }

export type NewDocuments = {
  /** Answers from before `expiredAt` are forgotten. */
  readSurroundings: (ownerId: string, key: string | undefined, expiredAt: Date) => Promise<Surroundings>
  /**
   * Adds a document with its place of the plan and the answer that is kept, or nothing of it. `known`: the key has an answer, of
   * a request that was waited for. `full`: the account has as many as `limit` (null: none).
   */
  addDocument: (
    document: Document,
    limit: number | null,
    kept: Kept | null,
    expiredAt: Date,
  ) => Promise<'added' | 'known' | 'full'>
}

/** On the pool itself, in two statements: what people do most must not cost a transaction of seven. */
export function createNewDocuments(pool: Pick<pg.Pool, 'query'>): NewDocuments {
  return {
    async readSurroundings(ownerId, key, expiredAt) {
      const { rows } = await pool.query({
        name: 'new document surroundings',
        text: surroundingsQuery,
        values: [ownerId, key, expiredAt],
      })
      const [{ plan, status, documents, fingerprint, answer }] = rows
      return {
        subscription: plan === null ? null : { plan, status },
        documents: documents ?? 0,
        first: fingerprint && { fingerprint, answer },
      }
    },

    async addDocument({ id, ownerId, title, content, tags, version, createdAt }, limit, kept, expiredAt) {
      const answer = kept && JSON.stringify(kept.answer)
      const values = [
        [id, ownerId, title, content, tags, version, createdAt],
        [kept?.key, kept?.fingerprint, answer, expiredAt, limit],
      ]
      try {
        const { rowCount } = await pool.query({
          name: 'new document',
          text: additionQuery,
          values: values.flat(),
        })
        return rowCount === 0 ? 'known' : 'added'
      } catch (error) {
        if (isBeyondLimit(error)) return 'full'
        throw error
      }
    },
  }
}

const surroundingsQuery = `
  select plan, status, documents, fingerprint, answer
  from (values ($1::uuid)) as account (id)
  left join subscription on subscription.account_id = account.id
  left join usage on usage.account_id = account.id
  left join idempotency_key as known
    on known.account_id = account.id and known.key = $2 and known.created_at > $3`

/** The count comes last, because it is locked from then on. Beyond the limit there is none, which its column refuses: all is undone. */
const additionQuery = `
  with claimed as (
    insert into idempotency_key as known (account_id, key, fingerprint, answer, created_at)
    select $2, $8::text, $9, $10::jsonb, $7 where $8::text is not null
    on conflict (account_id, key) do update
    set fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at
    where known.created_at <= $11
    returning key
  ), added as (
    insert into document (id, owner_id, title, content, tags, version, created_at, updated_at)
    select $1, $2, $3, $4, $5, $6, $7, $7 where $8::text is null or exists (select from claimed)
    returning owner_id
  )
  insert into usage as known (account_id, documents)
  select owner_id, case when $12::int is null or $12 > 0 then 1 end from added
  on conflict (account_id) do update
  set documents = case when $12::int is null or known.documents < $12 then known.documents + 1 end`

const notNullViolation = '23502'

function isBeyondLimit(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === notNullViolation && error.table === 'usage'
}

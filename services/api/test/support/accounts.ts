import { randomUUID } from 'node:crypto'
import type { Api } from './start-api.ts'

/** The id of an account that has something of every kind; straight into the database, whatever its plan allows. */
export async function anAccountWithThings({ query }: Api, documents = 2): Promise<string> {
  const id = randomUUID()
  const mediaId = randomUUID()
  await query(
    `insert into document (id, owner_id, title, content, created_at, updated_at, trashed_at)
     select gen_random_uuid(), $1, 'Notes', 'x', now(), now(), case when number % 2 = 0 then now() end
     from generate_series(1, $2::int) number`,
    id,
    documents,
  )
  await query(
    `insert into media (id, owner_id, name, size_bytes, state, created_at) values ($1, $2, 'a.txt', 1, 'stored', now())`,
    mediaId,
    id,
  )
  await query(
    'insert into document_media (document_id, media_id, attached_at) select id, $2, now() from document where owner_id = $1',
    id,
    mediaId,
  )
  await query('insert into usage (account_id, documents, storage_bytes) values ($1, 1, 1)', id)
  await query(
    `insert into subscription (account_id, plan, status, provider, asked_at, updated_at)
     values ($1, 'team', 'active', 'manual', now(), now())`,
    id,
  )
  await query(
    `insert into idempotency_key (account_id, key, fingerprint, answer, created_at) values ($1, 'k', '', '{}', now())`,
    id,
  )
  return id
}

/** The tables that still have rows of an account, apart from the note that it is no more. */
export async function tablesWith({ query }: Api, accountId: string): Promise<string[]> {
  const columns = await query<{ table: string; column: string }>(
    `select table_name as "table", column_name as "column" from information_schema.columns
     where table_schema = 'public' and column_name in ('owner_id', 'account_id')
       and table_name not in ('deleted_account', 'account_feed')`,
  )
  const found = await Promise.all(
    columns.map(async ({ table, column }) => {
      const rows = await query(`select 1 from "${table}" where "${column}" = $1 limit 1`, accountId)
      return rows.length > 0 ? [table] : []
    }),
  )
  return found.flat().sort()
}

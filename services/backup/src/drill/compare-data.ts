import type { Ask } from '../server/ask-server.ts'
import { type By, databases, ofEach, readMigrations } from '../server/read-migrations.ts'
import type { DrillCheck } from '../status/status-store.ts'

type Rows = Record<string, number>

/** What a database has: the migrations that were applied, the tables with at least a row, and how many rows each table has. */
export type Contents = By<{ migrations: string[]; filled: string[]; rows: Rows }>

/** `readRows` counts them, or asks the server what it thinks: to count them all costs the live one too much. */
export async function readContents(ask: Ask, readRows: ReadRows): Promise<Contents> {
  const migrations = await readMigrations(ask)
  return await ofEach(async (database) => {
    const filled = await ask<{ name: string }>(
      database,
      `select relname as name from pg_class where ${isOurs}
       and query_to_xml(format('select 1 from public.%I limit 1', relname), false, true, '')::text <> '' order by 1`,
    )
    return {
      migrations: migrations[database],
      filled: filled.map(({ name }) => name),
      rows: await readRows(ask, database),
    }
  })
}

type ReadRows = (ask: Ask, database: (typeof databases)[number]) => Promise<Rows>

const isOurs = `relkind = 'r' and relnamespace = 'public'::regnamespace`

export const countRows: ReadRows = async (ask, database) =>
  byName(
    await ask(
      database,
      `select relname as name, (xpath('/row/count/text()', query_to_xml(format('select count(*) from public.%I', relname), false, true, '')))[1]::text::bigint as rows
       from pg_class where ${isOurs}`,
    ),
  )

/** By its statistics, which follow each transaction; 0 after a crash. */
export const estimateRows: ReadRows = async (ask, database) =>
  byName(
    await ask(
      database,
      `select relname as name, n_live_tup as rows from pg_stat_user_tables where schemaname = 'public'`,
    ),
  )

const byName = (rows: { name: string; rows: number }[]): Rows =>
  Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]))

/** Compares what was restored with what the live server had before it and after: what only the restored lacks is a loss. */
export function compareContents(before: Contents, restored: Contents, after: Contents): DrillCheck[] {
  return databases.flatMap((database) => {
    const [had, has, hasNow] = [before[database], restored[database], after[database]]
    const lost = (part: 'migrations' | 'filled') =>
      had[part].filter((name) => hasNow[part].includes(name) && !has[part].includes(name))
    const short = Object.keys(has.rows).filter((name) =>
      isShort(has.rows[name] ?? 0, Math.min(had.rows[name] ?? 0, hasNow.rows[name] ?? 0)),
    )
    return [
      toCheck(`${database}: migrations`, has.migrations.length, lost('migrations')),
      toCheck(`${database}: tables with rows`, has.filled.length, lost('filled')),
      toCheck(
        `${database}: rows`,
        Object.values(has.rows).reduce((sum, rows) => sum + rows, 0),
        short.map((name) => `${name}, which has ${has.rows[name]} of about ${had.rows[name]} rows`),
      ),
    ]
  })
}

/** The live server's count is an estimate, and people write meanwhile. */
const isShort = (rows: number, estimate: number) => estimate - rows > Math.max(1_000, estimate / 10)

const toCheck = (name: string, count: number, lost: string[]): DrillCheck => ({
  name,
  ok: lost.length === 0,
  detail: lost.length === 0 ? `${count}, none lost` : `lost: ${lost.join('; ')}`,
})

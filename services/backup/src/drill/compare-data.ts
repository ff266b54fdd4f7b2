import type { Ask } from '../server/ask-server.ts'
import { type By, databases, ofEach, readMigrations } from '../server/read-migrations.ts'
import type { DrillCheck } from '../status/status-store.ts'

/** What a database has: the migrations that were applied, and the tables with at least a row. */
export type Contents = By<{ migrations: string[]; filled: string[] }>

export async function readContents(ask: Ask): Promise<Contents> {
  const migrations = await readMigrations(ask)
  return await ofEach(async (database) => {
    // Of each table one row is looked for: to count them all costs the live server too much.
    const filled = await ask<{ name: string }>(
      database,
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
       and query_to_xml(format('select 1 from public.%I limit 1', relname), false, true, '')::text <> '' order by 1`,
    )
    return { migrations: migrations[database], filled: filled.map(({ name }) => name) }
  })
}

/** Rows of all tables. */
export async function countRows(ask: Ask): Promise<number> {
  let sum = 0
  for (const database of databases) {
    const [row] = await ask<{ rows: number }>(
      database,
      `select coalesce(sum((xpath('/row/count/text()', query_to_xml(format('select count(*) from public.%I', relname), false, true, '')))[1]::text::bigint), 0)::bigint as rows
       from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    )
    sum += row?.rows ?? 0
  }
  return sum
}

/** Compares what was restored with what the live server had before it and after: a migration or a table of rows that only the restored lacks is a loss. */
export function compareContents(before: Contents, restored: Contents, after: Contents): DrillCheck[] {
  return databases.flatMap((database) =>
    (['migrations', 'filled'] as const).map((part) => {
      const lost = before[database][part].filter(
        (name) => after[database][part].includes(name) && !restored[database][part].includes(name),
      )
      const detail =
        lost.length === 0 ? `${restored[database][part].length}, none lost` : `lost: ${lost.join(', ')}`
      return { name: `${database}: ${partNames[part]}`, ok: lost.length === 0, detail }
    }),
  )
}

const partNames = { migrations: 'migrations', filled: 'tables with rows' }

import type { DrillCheck } from '../status/status-store.ts'
import type { ThrowawayServer } from './throwaway-server.ts'

export const databases = ['finity_auth', 'finity_db'] as const

/** What the live server had when the backup ended, and what a restored one must have at least: it replays beyond that moment. */
export type Ledger = Record<(typeof databases)[number], { migrations: string[]; rows: Record<string, number> }>

type Ask = ThrowawayServer['query']

/** Migrations and the number of rows of each table, each database at one moment. */
export async function readLedger(ask: Ask): Promise<Ledger> {
  const entries = await Promise.all(
    databases.map(async (database) => {
      const migrations = await ask<{ name: string }>(
        database,
        `select migration_name as name from _prisma_migrations where finished_at is not null order by 1`,
      )
      const counts = await ask<{ name: string; rows: number }>(
        database,
        `select relname as name, (xpath('/row/count/text()',
           query_to_xml(format('select count(*) from public.%I', relname), false, true, '')))[1]::text::bigint as rows
         from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
      )
      return [
        database,
        {
          migrations: migrations.map(({ name }) => name),
          rows: Object.fromEntries(counts.map(({ name, rows }) => [name, Number(rows)])),
        },
      ] as const
    }),
  )
  return Object.fromEntries(entries) as Ledger
}

/** Compares a restored server with a ledger that was written down before. */
export function compareLedgers(before: Ledger, restored: Ledger): DrillCheck[] {
  return databases.flatMap((database) => {
    const [was, is] = [before[database], restored[database]]
    const lostMigrations = was.migrations.filter((name) => !is.migrations.includes(name))
    const lostTables = Object.keys(was.rows).filter((table) => !(table in is.rows))
    return [
      {
        name: `migrations of ${database}`,
        ok: lostMigrations.length === 0,
        detail: lostMigrations.length === 0 ? `${is.migrations.length} applied` : `missing: ${lostMigrations.join(', ')}`,
      },
      {
        name: `tables of ${database}`,
        ok: lostTables.length === 0,
        detail:
          lostTables.length === 0
            ? `${Object.values(is.rows).reduce((sum, rows) => sum + rows, 0)} rows`
            : `missing: ${lostTables.join(', ')}`,
      },
    ]
  })
}

import pg from 'pg'
import { type Classified, classifyMigration } from './classify-migration.ts'
import type { DatabaseUrl } from './connect-database.ts'
import { readMigrations } from './migration-list.ts'

export type PlannedMigration = Classified & { name: string }

/** The migrations of a folder that the database has not seen yet, oldest first. Changes nothing. */
export async function planMigrations(databaseUrl: DatabaseUrl, folder: string): Promise<PlannedMigration[]> {
  const applied = await readApplied(databaseUrl)
  return readMigrations(folder)
    .migrationDirectories.filter(({ path }) => !applied.has(path))
    .map(({ path, migrationFile: { content } }) => {
      if (content.tag === 'error') throw new Error(`The migration ${path} cannot be read: ${content.value}`)
      return { name: path, ...classifyMigration(content.value) }
    })
}

async function readApplied(connectionString: DatabaseUrl): Promise<Set<string>> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const { rows: tables } = await client.query(`select to_regclass('_prisma_migrations') as name`)
    if (tables[0]?.name === null) return new Set()
    const { rows } = await client.query<{ migration_name: string }>(
      'select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
    )
    return new Set(rows.map((row) => row.migration_name))
  } finally {
    await client.end()
  }
}

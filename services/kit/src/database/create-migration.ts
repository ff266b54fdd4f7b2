import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { catalogAdapter } from './catalog-adapter.ts'
import type { DatabaseUrl } from './connect-database.ts'
import { readMigrations } from './migration-list.ts'
import { startSchemaEngine } from './schema-engine.ts'
import { withThrowawayDatabase } from './throwaway-database.ts'

export type NewMigration = {
  /** Words for the folder's name, such as "add refresh sessions". */
  name: string
  /** A service's prisma folder, with schema.prisma and migrations/. */
  folder: string
  /** A role that may create databases: the migrations are replayed in a throwaway one. */
  shadowDatabaseUrl: DatabaseUrl
  now: Date
}

const emptyScript = '-- This is an empty migration.'

/** Writes migrations/<timestamp>_<name>/migration.sql for what schema.prisma adds; returns its path, or null when nothing changed. */
export async function createMigration({
  name,
  folder,
  shadowDatabaseUrl,
  now,
}: NewMigration): Promise<string | null> {
  const script = await withThrowawayDatabase(shadowDatabaseUrl, (url) => diffSchema(folder, url))
  if (script === '' || script === emptyScript) return null
  const directory = join(folder, 'migrations', `${timestamp(now)}_${slugOf(name)}`)
  mkdirSync(directory)
  writeFileSync(join(directory, 'migration.sql'), `${script}\n`)
  return join(directory, 'migration.sql')
}

/** The SQL that leads from the migrations to schema.prisma. */
async function diffSchema(folder: string, databaseUrl: DatabaseUrl): Promise<string> {
  const pool = new pg.Pool({ connectionString: databaseUrl })
  const adapter = catalogAdapter(pool)
  // The database is a throwaway one already: the engine needs no second one for its replay.
  adapter.connectToShadowDb = () => adapter.connect()
  const engine = await startSchemaEngine(adapter)
  const path = join(folder, 'schema.prisma')
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...readMigrations(join(folder, 'migrations')) },
      to: { tag: 'schemaDatamodel', files: [{ path, content: readFileSync(path, 'utf8') }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return (stdout ?? '').trim()
  } finally {
    engine.free()
    await pool.end()
  }
}

/** 20260131235959, UTC, as Prisma names its folders. */
function timestamp(now: Date): string {
  return now.toISOString().replaceAll(/\D/g, '').slice(0, 14)
}

function slugOf(name: string): string {
  return (name.toLowerCase().match(/[a-z0-9]+/g) ?? ['change']).join('_')
}

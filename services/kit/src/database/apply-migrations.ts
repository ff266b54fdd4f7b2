import type { MigrationList } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import { StartupFault } from '../env/startup-fault.ts'
import type { DatabaseUrl } from './connect-database.ts'
import { migrationAdapter } from './migration-adapter.ts'
import { readMigrations } from './migration-list.ts'
import { explainEngineError, startSchemaEngine } from './schema-engine.ts'
import { finishWithScript, settleUnfinished } from './settle-unfinished.ts'

export type MigrationOptions = {
  /** Connects as the owner of the schema. */
  databaseUrl: DatabaseUrl
  /** A prisma/migrations folder. */
  folder: string
  print: (line: string) => void
}

export class MigrationFailed extends StartupFault {
  constructor(cause: unknown) {
    super(`The migration failed: ${explainEngineError(cause)}`, cause)
  }
}

const noFilters = { externalTables: [], externalEnums: [] }

/**
 * Any number, as long as every release uses the same: it names the lock under which one run waits for another.
 * The engine has a lock of its own, but gives up waiting for it after some seconds.
 */
export const migrationLock = 4_618_007_251

/**
 * Applies the pending migrations and returns their names; `_prisma_migrations` stays as Prisma keeps it.
 * Two runs at once are safe: the second waits, then finds nothing to do.
 */
export async function applyMigrations(options: MigrationOptions): Promise<string[]> {
  const { databaseUrl, print } = options
  const lock = await connect(databaseUrl)
  try {
    await lock.query('select pg_advisory_lock($1)', [migrationLock])
    const applied = await applyPending(lock, options)
    print(
      applied.length === 0
        ? 'The database is up to date.'
        : `Applied ${applied.length}; the database is up to date.`,
    )
    return applied
  } finally {
    await lock.end()
  }
}

/** What fails is settled at once, where it can be: the release before, which does not know it, could not. */
async function applyPending(
  lock: pg.Client,
  { databaseUrl, folder, print }: MigrationOptions,
): Promise<string[]> {
  const list = readMigrations(folder)
  await settleUnfinished(lock, list)
  try {
    return await apply(databaseUrl, list, print)
  } catch (error) {
    await settleUnfinished(lock, list).catch(() => {})
    throw error
  }
}

async function connect(connectionString: DatabaseUrl): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, keepAlive: true })
  // A connection that is lost while the lock is held is lost to the engine too, which reports it.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    throw new MigrationFailed(error)
  }
}

async function apply(
  databaseUrl: DatabaseUrl,
  migrationsList: MigrationList,
  print: (line: string) => void,
): Promise<string[]> {
  // One connection: the engine keeps session state between statements.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: 5_000 })
  // The engine reports a lost connection.
  pool.on('error', () => {})
  const engine = await startSchemaEngine(
    migrationAdapter(pool, finishWithScript(migrationsList)),
    (message) => {
      if (message.startsWith('Applying ')) print(message)
    },
  )
  try {
    const result = await engine.applyMigrations({ migrationsList, filters: noFilters })
    return result.appliedMigrationNames
  } catch (error) {
    throw new MigrationFailed(error)
  } finally {
    engine.free()
    await pool.end()
  }
}

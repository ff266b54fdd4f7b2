import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'

/** A prisma/migrations folder as the schema engine wants to see it: by name, oldest first. */
export function readMigrations(folder: string): MigrationList {
  const directories = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const lockfile = join(folder, 'migration_lock.toml')
  return {
    baseDir: folder,
    lockfile: {
      path: 'migration_lock.toml',
      content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: directories
      .map(({ name }) => name)
      .sort()
      .map((name) => ({ path: name, migrationFile: readMigration(folder, name) })),
  }
}

type MigrationFile = MigrationList['migrationDirectories'][number]['migrationFile']

function readMigration(folder: string, name: string): MigrationFile {
  const path = 'migration.sql'
  try {
    return { path, content: { tag: 'ok', value: readFileSync(join(folder, name, path), 'utf8') } }
  } catch (error) {
    return { path, content: { tag: 'error', value: String(error) } }
  }
}

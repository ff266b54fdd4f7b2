import { isDeepStrictEqual } from 'node:util'
import type { Context } from '../context.ts'
import type { Ask } from '../server/ask-server.ts'
import { databases, type Migrations, readMigrations } from '../server/read-migrations.ts'

/** Those of the database that runs, for when it does not. */
export async function noteMigrations({ live, status }: Pick<Context, 'live' | 'status'>): Promise<void> {
  const migrations = await readMigrations(live.ask)
  if (!isDeepStrictEqual(migrations, status.read().migrations)) status.change({ migrations })
}

/**
 * Throws where the restored database has migrations that the one in use lacks, or the other way round: the services of now suit one of
 * them only.
 */
export async function refuseOtherSchema(
  { live, status }: Pick<Context, 'live' | 'status'>,
  restored: Ask,
): Promise<void> {
  const inUse = await readMigrations(live.ask).catch(() => status.read().migrations)
  // On a new server nothing is in use yet.
  if (!inUse) return
  const own = await readMigrations(restored)
  const [lacks, has] = [namesBeyond(inUse, own), namesBeyond(own, inUse)]
  if (lacks.length + has.length === 0) return
  const lines = [
    lacks.length > 0 && `it lacks ${lacks.join(', ')}`,
    has.length > 0 && `only it has ${has.join(', ')}`,
  ]
  throw new Error(
    `The restored database has another schema than the one in use: ${lines.filter(Boolean).join('; ')}. Release what suits it and restore with --other-schema, or look at it with --into. Nothing is changed.`,
  )
}

/** Migrations of the one that the other does not have. */
const namesBeyond = (one: Migrations, other: Migrations): string[] =>
  databases.flatMap((database) =>
    one[database].filter((name) => !other[database].includes(name)).map((name) => `${database}/${name}`),
  )

import type { Ask } from './ask-server.ts'

export const databases = ['finity_auth', 'finity_db'] as const

export type By<T> = Record<(typeof databases)[number], T>

/** The names of those that were applied. */
export type Migrations = By<string[]>

export async function ofEach<T>(read: (database: keyof By<T>) => Promise<T>): Promise<By<T>> {
  const entries = databases.map(async (database) => [database, await read(database)])
  return Object.fromEntries(await Promise.all(entries))
}

export async function readMigrations(ask: Ask): Promise<Migrations> {
  return await ofEach(async (database) => {
    const rows = await ask<{ name: string }>(
      database,
      'select migration_name as name from _prisma_migrations where finished_at is not null order by 1',
    )
    return rows.map(({ name }) => name)
  })
}

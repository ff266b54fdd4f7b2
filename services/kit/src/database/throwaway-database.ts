import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { DatabaseUrl } from './connect-database.ts'

/** Makes a database, lets `use` work in it, and drops it whatever happens. The URL's role must be allowed to create databases. */
export async function withThrowawayDatabase<T>(
  adminUrl: DatabaseUrl,
  use: (url: DatabaseUrl) => Promise<T>,
): Promise<T> {
  const name = `throwaway_${randomUUID().replaceAll('-', '')}`
  await administer(adminUrl, `create database ${name}`)
  try {
    return await use(databaseUrlOf(adminUrl, name))
  } finally {
    await administer(adminUrl, `drop database ${name} with (force)`)
  }
}

/** The same server and role, another database. */
export function databaseUrlOf(url: DatabaseUrl, database: string): DatabaseUrl {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

export async function administer(adminUrl: DatabaseUrl, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'

type WithErrors = { onError: (error: unknown) => never }

/**
 * Prisma's adapter, but a migration goes to the server whole, as Prisma's own engine binary sends it: the adapter cuts scripts at
 * every semicolon, also inside function bodies and texts. One script is one transaction then. `prepare` may add to it.
 */
export function migrationAdapter(pool: pg.Pool, prepare = (script: string) => script): PrismaPg {
  const adapter = new PrismaPg(pool)
  const connectAsEver = adapter.connect.bind(adapter)
  adapter.connect = async () => {
    const connection = await connectAsEver()
    connection.executeScript = async (script) => {
      await pool.query(prepare(script)).catch((connection as unknown as WithErrors).onError.bind(connection))
    }
    return connection
  }
  return adapter
}

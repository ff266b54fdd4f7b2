import type { Prisma } from '../../generated/prisma/client.ts'

export type SystemStore = {
  /** The version of PostgreSQL. */
  readServerVersion: () => Promise<string>
}

export function createSystemStore(database: Prisma.TransactionClient): SystemStore {
  return {
    async readServerVersion() {
      const [row] = await database.$queryRaw<{ version: string }[]>`
        select current_setting('server_version') as version`
      return row?.version ?? ''
    },
  }
}

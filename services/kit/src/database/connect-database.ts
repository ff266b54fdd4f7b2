import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'
import type { EnvReader } from '../env/read-env.ts'
import { requirePrivatePassword } from '../env/secret-rules.ts'
import { withPassword } from '../env/with-password.ts'
import type { Logger } from '../process/create-logger.ts'
import { endSilentConnections } from './end-silent-connections.ts'
import { labelStatements } from './label-statements.ts'

/** A PostgreSQL URL with its password inside. It is a secret: never log it. */
export type DatabaseUrl = string

/** How a service gets in, again and again, for pg: a connection string, or its parts. It is a secret: never log it. */
export type DatabaseAccess = { connectionString?: string; password?: () => string }

const protocols = ['postgresql:', 'postgres:', 'postgresql+asyncpg:', 'postgresql+psycopg:']

/**
 * Reads DATABASE_URL and, for a password that comes as a secret file, DATABASE_PASSWORD, which wins over the URL's own.
 * The password may hold any character. A Python driver's name in the scheme, as SQLAlchemy writes it, is left out.
 */
export function readDatabaseUrl(env: EnvReader, isProduction: boolean): DatabaseUrl {
  const example = 'postgresql://finity_app@db:5432/finity_db'
  const given = env.url('DATABASE_URL', protocols, { example }).replace(/^postgresql\+\w+:/, 'postgresql:')
  const url = withPassword(given, env.optional('DATABASE_PASSWORD'))
  if (isProduction && URL.canParse(url))
    requirePrivatePassword(env, 'DATABASE_PASSWORD', decodeURIComponent(new URL(url).password))
  return url
}

/** A password that comes as a file is read for each connection: it may change while the service runs. */
export function readDatabaseAccess(env: EnvReader, isProduction: boolean): DatabaseAccess {
  const url = readDatabaseUrl(env, isProduction)
  const password = env.fileReader('DATABASE_PASSWORD')
  // pg prefers what stands in a connection string, so there must be none.
  return password && URL.canParse(url)
    ? ({ ...parseIntoClientConfig(url), password } as DatabaseAccess)
    : { connectionString: url }
}

/** A burst waits for a connection as long as this; only a database that is away is told at once (watch-database.ts). */
const waitMs = 5_000

/** Of `new PrismaClient`: Prisma's own wait for the connection of a transaction would be shorter. */
export const transactionOptions = { maxWait: waitMs }

export function poolSettings(access: DatabaseAccess, applicationName: string): pg.PoolConfig {
  return {
    ...access,
    application_name: applicationName,
    // Prisma's driver writes times in UTC without saying so.
    options: '-c timezone=UTC',
    max: 10,
    // Also of the wait for one of them.
    connectionTimeoutMillis: waitMs,
    idleTimeoutMillis: 30_000,
    // The server gives up first, so that a statement which the client abandoned is not still running.
    statement_timeout: 5_000,
    keepAlive: true,
  }
}

/**
 * The driver for `new PrismaClient({ adapter })`, and the pool under it for what is asked without Prisma; `$disconnect` ends both.
 * Connects on first use, so a service starts while its database is away.
 */
export function connectDatabase(
  access: DatabaseAccess,
  applicationName: string,
  logger: Logger,
): { pool: pg.Pool; adapter: PrismaPg } {
  const noteLostConnection = (error: Error) => logger.warn({ err: error }, 'database connection lost')
  const pool = labelStatements(new pg.Pool(poolSettings(access, applicationName)))
  endSilentConnections(pool, 6_000)
  pool.on('error', noteLostConnection)
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    onConnectionError: noteLostConnection,
    statementNameGenerator: nameStatements(),
  })
  return { pool, adapter }
}

/** A service has some dozens of statements; whatever makes more of them does not fill the server's memory with plans. */
const namedStatements = 200

/** Names let the server parse and plan a statement once a connection. The empty name is none. */
function nameStatements(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= namedStatements) return ''
    const name = `s${names.size}`
    names.set(sql, name)
    return name
  }
}

import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { EnvReader } from '../env/read-env.ts'
import { requirePrivatePassword } from '../env/secret-rules.ts'
import { withPassword } from '../env/with-password.ts'
import type { Logger } from '../process/create-logger.ts'

/** A PostgreSQL URL with its password inside. It is a secret: never log it. */
export type DatabaseUrl = string

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

export function poolSettings(url: DatabaseUrl, applicationName: string): pg.PoolConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    // Prisma's driver writes times in UTC without saying so.
    options: '-c timezone=UTC',
    max: 10,
    connectionTimeoutMillis: 800,
    idleTimeoutMillis: 30_000,
    // The server gives up first, so that a statement which the client abandoned is not still running.
    statement_timeout: 5_000,
    query_timeout: 6_000,
    keepAlive: true,
  }
}

/** The driver for `new PrismaClient({ adapter })`. Connects on first use, so a service starts while its database is away. */
export function databaseAdapter(url: DatabaseUrl, applicationName: string, logger: Logger): PrismaPg {
  return adapterOn(poolSettings(url, applicationName), logger)
}

/** The same for a service that also asks without Prisma, on the same connections. The pool is its user's to end. */
export function connectDatabase(
  url: DatabaseUrl,
  applicationName: string,
  logger: Logger,
): { pool: pg.Pool; adapter: PrismaPg } {
  const pool = new pg.Pool(poolSettings(url, applicationName))
  return { pool, adapter: adapterOn(pool, logger) }
}

function adapterOn(pool: pg.Pool | pg.PoolConfig, logger: Logger): PrismaPg {
  const noteLostConnection = (error: Error) => logger.warn({ err: error }, 'database connection lost')
  if (pool instanceof pg.Pool) pool.on('error', noteLostConnection)
  return new PrismaPg(pool, {
    ...(!(pool instanceof pg.Pool) && { onPoolError: noteLostConnection }),
    onConnectionError: noteLostConnection,
    statementNameGenerator: nameStatements(),
  })
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

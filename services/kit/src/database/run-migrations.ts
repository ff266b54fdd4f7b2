import { type Environment, readEnv } from '../env/read-env.ts'
import { createLogger } from '../process/create-logger.ts'
import { applyMigrations } from './apply-migrations.ts'
import { readDatabaseUrl } from './connect-database.ts'
import { planMigrations } from './plan-migrations.ts'

/**
 * The whole of a service's migration job: DATABASE_URL and DATABASE_PASSWORD are those of the owner role.
 * With `--plan` it changes nothing, and prints a line for each pending migration: kind, name, and why it is a contract, between tabs.
 */
export async function runMigrations(environment: Environment, folder: string): Promise<void> {
  const isProduction = environment.NODE_ENV === 'production'
  const databaseUrl = readEnv(environment, (env) => readDatabaseUrl(env, isProduction))
  if (!process.argv.includes('--plan')) {
    const logger = createLogger('migrations', 'info')
    await applyMigrations({ databaseUrl, folder, print: (line) => logger.info(line) })
    return
  }
  const pending = await planMigrations(databaseUrl, folder)
  for (const { kind, name, because = '' } of pending)
    process.stdout.write(`${[kind, name, because].join('\t')}\n`)
}

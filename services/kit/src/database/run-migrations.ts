import { type Environment, readEnv } from '../env/read-env.ts'
import { applyMigrations } from './apply-migrations.ts'
import { readDatabaseUrl } from './connect-database.ts'

/** The whole of a service's migration job: DATABASE_URL and DATABASE_PASSWORD are those of the owner role. */
export async function runMigrations(environment: Environment, folder: string): Promise<void> {
  const isProduction = environment.NODE_ENV === 'production'
  const databaseUrl = readEnv(environment, (env) => readDatabaseUrl(env, isProduction))
  await applyMigrations({ databaseUrl, folder, print: (line) => process.stdout.write(`${line}\n`) })
}

import { createMigration } from '../src/database/create-migration.ts'
import { type Environment, readEnv } from '../src/env/read-env.ts'
import { runJob } from '../src/process/start-or-explain.ts'

/** Usage: SHADOW_DATABASE_URL=… node services/kit/build/create-migration.ts SERVICE "words for its name" */
async function main(environment: Environment, [service, ...words]: string[]): Promise<void> {
  if (!service || words.length === 0)
    throw new Error('Usage: create-migration.ts SERVICE "words for its name"')
  const shadowDatabaseUrl = readEnv(environment, (env) =>
    env.url('SHADOW_DATABASE_URL', ['postgresql:', 'postgres:'], {
      example: 'postgresql://postgres@127.0.0.1:5432/postgres',
    }),
  )
  const folder = new URL(`../../${service}/prisma`, import.meta.url).pathname
  const file = await createMigration({ name: words.join(' '), folder, shadowDatabaseUrl, now: new Date() })
  process.stdout.write(
    file ? `Wrote ${file}\n` : 'No change: the migrations already make what schema.prisma says.\n',
  )
}

await runJob(() => main(process.env, process.argv.slice(2)))

import { readEnv } from '../src/env/read-env.ts'

const example = 'postgresql://postgres@127.0.0.1:5432/postgres'

/** A superuser of the PostgreSQL server that the tests may make databases on. */
export function adminUrl(): string {
  // biome-ignore lint/style/noProcessEnv: the one file of the tests that reads the environment
  return readEnv(process.env, (env) =>
    env.url('TEST_DATABASE_ADMIN_URL', ['postgresql:', 'postgres:'], { example }),
  )
}

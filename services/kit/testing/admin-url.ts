import { readEnv } from '../src/env/read-env.ts'

const example = 'postgresql://postgres@127.0.0.1:5432/postgres'

/** A superuser of the PostgreSQL server that the tests may make databases on. */
export function adminUrl(): string {
  return readEnv(process.env, (env) =>
    env.url('TEST_DATABASE_ADMIN_URL', ['postgresql:', 'postgres:'], { example }),
  )
}

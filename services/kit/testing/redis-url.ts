import { readEnv } from '../src/env/read-env.ts'

/** A Redis that the tests may write to; they keep to keys of their own. */
export function redisUrl(): string {
  return readEnv(process.env, (env) =>
    env.url('TEST_REDIS_URL', ['redis:'], { example: 'redis://127.0.0.1:6379' }),
  )
}

import { availableParallelism } from 'node:os'
import { type Environment, type EnvReader, readEnv } from '@finity/kit/env/read-env.ts'
import { readOrigins } from '@finity/kit/env/read-origins.ts'
import { type Generations, readSecret } from '@finity/kit/env/read-secret.ts'
import {
  readServiceSecrets,
  readServiceSettings,
  type ServiceSecrets,
  type ServiceSettings,
} from '@finity/kit/env/service-settings.ts'
import { withPassword } from '@finity/kit/env/with-password.ts'
import { type MailSettings, readMailSettings } from '@finity/kit/mail/mail-settings.ts'

export type Config = ServiceSettings & {
  tokenIssuer: string
  tokenAudience: string
  accessTokenLifetimeSeconds: number
  corsOrigins: string[]
  /** `contract` answers as FastAPI Users does; `strict` where a checklist asks for more (docs/decisions/0011). */
  answers: 'contract' | 'strict'
  requireVerifiedAddress: boolean
  sessions: SessionSettings
  links: { verifyLifetimeSeconds: number; resetLifetimeSeconds: number }
  eventRetentionDays: number
  /** Links in mails begin with it; never what a request's Host header says. Without a trailing slash. */
  frontendUrl: string
  mail: MailSettings
  /** How many password hashes run at once, and how many may wait; one more is refused with 503. */
  hashing: { concurrency: number; queueLimit: number }
  /** Multiplies every rate limit. */
  rateLimitFactor: number
}

export type SessionSettings = {
  idleSeconds: number
  absoluteSeconds: number
  /** In this time after a refresh, the token before gets the same successor again. */
  reuseSeconds: number
}

/** Never meets the logger. */
export type Secrets = ServiceSecrets & {
  /** The one secret of a team: what seals and signs is derived from it. */
  secret: Generations<string>
  verificationTokenSecret: Generations<string>
  resetPasswordTokenSecret: Generations<string>
  smtpPassword: string | null
  redisUrl: string | null
}

/** This file alone reads the environment; biome.json says so. */
export const processEnvironment: Environment = process.env

const minute = 60
const hour = 60 * minute
const day = 24 * hour

export function readConfig(environment: Environment): { config: Config; secrets: Secrets } {
  return readEnv(environment, (env) => {
    const config: Config = {
      ...readServiceSettings(env, 8000),
      tokenIssuer: env.text('TOKEN_ISSUER', { default: 'finity-auth' }),
      tokenAudience: env.text('TOKEN_AUDIENCE', { default: 'finity' }),
      accessTokenLifetimeSeconds: env.seconds('ACCESS_TOKEN_LIFETIME_SECONDS', 15 * minute, day),
      corsOrigins: readOrigins(env, 'CORS_ORIGINS', 'BACKEND_CORS_ORIGINS'),
      answers: env.choice('AUTH_ANSWERS', ['contract', 'strict'], { default: 'contract' }),
      requireVerifiedAddress: env.flag('REQUIRE_VERIFIED_EMAIL', false),
      sessions: {
        idleSeconds: env.seconds('SESSION_IDLE_SECONDS', 14 * day, 365 * day),
        absoluteSeconds: env.seconds('SESSION_LIFETIME_SECONDS', 90 * day, 365 * day),
        reuseSeconds: env.seconds('REFRESH_REUSE_SECONDS', 10, minute),
      },
      links: {
        verifyLifetimeSeconds: env.seconds('VERIFY_LINK_LIFETIME_SECONDS', hour, 7 * day),
        resetLifetimeSeconds: env.seconds('RESET_LINK_LIFETIME_SECONDS', hour, day),
      },
      eventRetentionDays: env.integer('SECURITY_EVENT_DAYS', { default: 180, min: 1, max: 3_650 }),
      frontendUrl: readFrontendUrl(env),
      mail: readMailSettings(env),
      hashing: readHashing(env),
      rateLimitFactor: env.integer('RATE_LIMIT_FACTOR', { default: 1, min: 1, max: 1_000_000 }),
    }
    return { config, secrets: readSecrets(env, config) }
  })
}

/** One of Node's worker threads stays free: signatures and name lookups need one too, and must not wait for hashes. */
function readHashing(env: EnvReader): Config['hashing'] {
  const workers = env.integer('UV_THREADPOOL_SIZE', { default: 4, min: 2, max: 1_024 })
  return {
    concurrency: Math.min(availableParallelism(), workers - 1),
    // A hash keeps one core busy for some 20 ms: on two cores a full queue is about two seconds long.
    queueLimit: env.integer('PASSWORD_HASH_QUEUE', { default: 200, min: 1, max: 100_000 }),
  }
}

function readFrontendUrl(env: EnvReader): string {
  const url = env.url('FRONTEND_URL', ['https:', 'http:'], { default: 'http://localhost:3000' })
  return url.replace(/\/+$/, '')
}

function readSecrets(env: EnvReader, config: Config): Secrets {
  const { isProduction } = config
  return {
    ...readServiceSecrets(env, config),
    secret: readSecret(env, 'SECRET', { isProduction }),
    verificationTokenSecret: readSecret(env, 'USERS_VERIFICATION_TOKEN_SECRET', { isProduction }),
    resetPasswordTokenSecret: readSecret(env, 'USERS_RESET_PASSWORD_TOKEN_SECRET', { isProduction }),
    smtpPassword: env.optional('SMTP_PASSWORD') ?? null,
    redisUrl: readRedisUrl(env),
  }
}

/** The password may come apart from the URL, as a secret file. */
function readRedisUrl(env: EnvReader): string | null {
  if (env.optional('REDIS_URL') === undefined) return null
  const url = env.url('REDIS_URL', ['redis:', 'rediss:'], { example: 'redis://redis:6379' })
  return withPassword(url, env.optional('REDIS_PASSWORD'))
}

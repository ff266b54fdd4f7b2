import { type Environment, type EnvReader, readEnv } from '@finity/kit/env/read-env.ts'
import { readOrigins } from '@finity/kit/env/read-origins.ts'
import { type Generations, readSecret } from '@finity/kit/env/read-secret.ts'
import {
  readServiceSecrets,
  readServiceSettings,
  type ServiceSecrets,
  type ServiceSettings,
} from '@finity/kit/env/service-settings.ts'
import type { Plans } from './subscriptions/plans.ts'
import {
  type PaymentSecrets,
  type PaymentSettings,
  readPayment,
  readPaymentSecrets,
} from './subscriptions/read-payment.ts'
import { readPlans } from './subscriptions/read-plans.ts'

export type Config = ServiceSettings & {
  tokenIssuer: string
  tokenAudience: string
  /** Where the auth service publishes its public keys. */
  jwksUrl: string
  /** Where it says which sessions ended. Null: a token counts until it expires. */
  endedSessionsUrl: string | null
  /** Where it says which accounts are no more. Null: what belonged to them stays. */
  deletedAccountsUrl: string | null
  /** Where the backup sidecar listens. Null: there is none, as in development. */
  backupUrl: string | null
  corsOrigins: string[]
  /** What runs here, as the deploy calls it. */
  release: string
  /** Where the bytes of media are. */
  mediaDir: string
  /** Who sends them: this service, or the proxy in front, which mounts the same folder. */
  mediaSentBy: 'service' | 'edge'
  /** An upload without a byte for so long ends. */
  uploadIdleSeconds: number
  plans: Plans
  payment: PaymentSettings
}

/** Never meets the logger. */
export type Secrets = ServiceSecrets & { apiSecret: Generations<string>; payment: PaymentSecrets }

/** This file alone reads the environment; biome.json says so. */
export const processEnvironment: Environment = process.env

export function readConfig(environment: Environment): { config: Config; secrets: Secrets } {
  return readEnv(environment, (env) => {
    const config: Config = {
      ...readServiceSettings(env, 3001),
      tokenIssuer: env.text('TOKEN_ISSUER', { default: 'finity-auth' }),
      tokenAudience: env.text('TOKEN_AUDIENCE', { default: 'finity' }),
      jwksUrl: env.url('JWKS_URL', ['http:', 'https:'], {
        example: 'http://auth:8000/.well-known/jwks.json',
      }),
      endedSessionsUrl: readAuthUrl(env, 'ENDED_SESSIONS_URL', 'ended-sessions.json'),
      deletedAccountsUrl: readAuthUrl(env, 'DELETED_ACCOUNTS_URL', 'deleted-accounts.json'),
      backupUrl: readOptionalUrl(env, 'BACKUP_URL', 'http://backup:3002'),
      corsOrigins: readOrigins(env, 'CORS_ORIGINS'),
      release: env.text('RELEASE', { default: 'latest' }),
      mediaDir: env.text('MEDIA_DIR', { default: '/data/media' }),
      mediaSentBy: env.choice('MEDIA_SENT_BY', ['service', 'edge'], { default: 'service' }),
      uploadIdleSeconds: env.seconds('UPLOAD_IDLE_SECONDS', 30, 3_600),
      plans: readPlans(env),
      payment: readPayment(env),
    }
    const payment = readPaymentSecrets(env, config.payment)
    return {
      config,
      secrets: { ...readServiceSecrets(env, config), apiSecret: readApiSecret(env, config), payment },
    }
  })
}

/** What this service signs is signed with keys derived from it. */
function readApiSecret(env: EnvReader, { isProduction }: Config): Generations<string> {
  const known = { default: 'development-only-api-secret-that-production-refuses' }
  return readSecret(env, 'API_SECRET', { isProduction, ...(!isProduction && known) })
}

/** The address of a list that the auth service keeps for the others; null where it is not set. */
function readAuthUrl(env: EnvReader, name: string, list: string): string | null {
  return readOptionalUrl(env, name, `http://auth:8000/.well-known/${list}`)
}

function readOptionalUrl(env: EnvReader, name: string, example: string): string | null {
  if (env.optional(name) === undefined) return null
  return env.url(name, ['http:', 'https:'], { example })
}

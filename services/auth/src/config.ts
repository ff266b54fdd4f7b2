import { type Environment, type EnvReader, readEnv } from '@finity/kit/env/read-env.ts'
import { readOrigins } from '@finity/kit/env/read-origins.ts'
import { requireStrongSecret } from '@finity/kit/env/secret-rules.ts'
import {
  readServiceSecrets,
  readServiceSettings,
  type ServiceSecrets,
  type ServiceSettings,
} from '@finity/kit/env/service-settings.ts'

export type Config = ServiceSettings & {
  tokenIssuer: string
  tokenAudience: string
  accessTokenLifetimeSeconds: number
  corsOrigins: string[]
}

/** Never meets the logger. */
export type Secrets = ServiceSecrets & {
  /** The one secret of a team: signing keys are derived from it. */
  secret: string
}

/** This file alone reads the environment; biome.json says so. */
export const processEnvironment: Environment = process.env

export function readConfig(environment: Environment): { config: Config; secrets: Secrets } {
  return readEnv(environment, (env) => {
    const config: Config = {
      ...readServiceSettings(env, 8000),
      tokenIssuer: env.text('TOKEN_ISSUER', { default: 'finity-auth' }),
      tokenAudience: env.text('TOKEN_AUDIENCE', { default: 'finity' }),
      accessTokenLifetimeSeconds: env.integer('ACCESS_TOKEN_LIFETIME_SECONDS', {
        default: 3600,
        min: 1,
        max: 86_400,
      }),
      corsOrigins: readOrigins(env, 'CORS_ORIGINS', 'BACKEND_CORS_ORIGINS'),
    }
    return { config, secrets: { ...readServiceSecrets(env, config), secret: readSecret(env, config) } }
  })
}

function readSecret(env: EnvReader, { isProduction }: Config): string {
  const secret = env.text('SECRET', { example: 'the-output-of-openssl-rand-base64-48' })
  if (isProduction) requireStrongSecret(env, 'SECRET', secret, 32)
  return secret
}

import { type Environment, type EnvReader, readEnv } from '@finity/kit/env/read-env.ts'
import { readOrigins } from '@finity/kit/env/read-origins.ts'
import {
  readServiceSecrets,
  readServiceSettings,
  type ServiceSecrets,
  type ServiceSettings,
} from '@finity/kit/env/service-settings.ts'

export type Config = ServiceSettings & {
  tokenIssuer: string
  tokenAudience: string
  /** Where the auth service publishes its public keys. */
  jwksUrl: string
  /** Where it says which sessions ended. Null: a token counts until it expires. */
  endedSessionsUrl: string | null
  corsOrigins: string[]
}

/** Never meets the logger. */
export type Secrets = ServiceSecrets

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
      endedSessionsUrl: readEndedSessionsUrl(env),
      corsOrigins: readOrigins(env, 'CORS_ORIGINS'),
    }
    return { config, secrets: readServiceSecrets(env, config) }
  })
}

function readEndedSessionsUrl(env: EnvReader): string | null {
  if (env.optional('ENDED_SESSIONS_URL') === undefined) return null
  return env.url('ENDED_SESSIONS_URL', ['http:', 'https:'], {
    example: 'http://auth:8000/.well-known/ended-sessions.json',
  })
}

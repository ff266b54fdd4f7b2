import { type DatabaseAccess, readDatabaseAccess } from '../database/connect-database.ts'
import { type LogLevel, logLevels } from '../process/create-logger.ts'
import type { EnvReader } from './read-env.ts'

/** What every HTTP service is told by its environment. */
export type ServiceSettings = {
  isProduction: boolean
  host: string
  port: number
  metricsPort: number
  logLevel: LogLevel
  trustedProxyHops: number
  drainTimeoutSeconds: number
  drainIdleSeconds: number
}

export type ServiceSecrets = { database: DatabaseAccess }

export function readServiceSettings(env: EnvReader, defaultPort: number): ServiceSettings {
  return {
    isProduction: env.optional('NODE_ENV') === 'production',
    host: env.text('HOST', { default: '0.0.0.0' }),
    port: env.integer('PORT', { default: defaultPort, min: 0, max: 65_535 }),
    metricsPort: env.integer('METRICS_PORT', { default: 9464, min: 0, max: 65_535 }),
    logLevel: env.choice('LOG_LEVEL', logLevels, { default: 'info' }),
    trustedProxyHops: env.integer('TRUSTED_PROXY_HOPS', { default: 0, min: 0, max: 10 }),
    drainTimeoutSeconds: env.integer('DRAIN_TIMEOUT_SECONDS', { default: 10, min: 1, max: 600 }),
    drainIdleSeconds: env.integer('DRAIN_IDLE_SECONDS', { default: 0, min: 0, max: 600 }),
  }
}

export function readServiceSecrets(env: EnvReader, { isProduction }: ServiceSettings): ServiceSecrets {
  return { database: readDatabaseAccess(env, isProduction) }
}

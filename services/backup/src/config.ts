import { join } from 'node:path'
import { type Environment, type EnvReader, readEnv } from '@finity/kit/env/read-env.ts'
import { requireStrongSecret } from '@finity/kit/env/secret-rules.ts'
import { readServiceSettings, type ServiceSettings } from '@finity/kit/env/service-settings.ts'
import { type MailSettings, readMailSettings } from '@finity/kit/mail/mail-settings.ts'

export type DurabilityMode = 'async' | 'strict'

export type Config = ServiceSettings & {
  mode: DurabilityMode
  /** Where things are in this container. */
  folders: Folders
  schedule: Schedule
  /** Full backups older than this go, and with them what depends on them, once a newer one is complete. */
  retentionDays: number
  /** So many full backups are kept instead, whatever their age; null is none said. */
  retentionSets: number | null
  limits: AlertLimits
  mail: MailSettings
  /** The second place of the backups; null is none. */
  offsite: OffsiteSettings | null
  /** Who hears of alerts; null is nobody. */
  recipients: { address: string | null; webhook: string | null }
}

export type Folders = {
  /** PGDATA, read-only. */
  data: string
  /** Of the server's socket. */
  socket: string
  /** The repositories, and what is known of them. */
  repository: string
  /** What the receiver has written and the archive may not have yet. */
  tail: string
  media: string
  /** In the volume of the data, for drills and for what the database takes over at its next start. */
  restore: string
}

/** Hours are UTC; days of the week count from Sunday, 0. */
export type Schedule = { hour: number; fullDay: number; mediaEveryMinutes: number }

export type AlertLimits = {
  archiveSeconds: number
  backupHours: number
  drillHours: number
  repositoryPercent: number
  offsiteSeconds: number
}

/** A bucket on S3, or a folder in one. */
export type OffsiteSettings = {
  endpoint: string
  bucket: string
  region: string
  /** HOST/BUCKET, for servers that have no BUCKET.HOST. */
  pathStyle: boolean
  accessKeyId: string
  everySeconds: number
  /** Of what is there, encrypted as it is there, so that each copy asks for little. */
  cache: string
}

/** Never meets the logger. */
export type Secrets = {
  key: string
  databasePassword: () => string
  smtpPassword: string | null
  s3SecretAccessKey: () => string
}

/** This file alone reads the environment; biome.json says so. */
export const processEnvironment: Environment = process.env

export function readConfig(environment: Environment): { config: Config; secrets: Secrets } {
  return readEnv(environment, (env) => {
    const settings = readServiceSettings(env, 3_002)
    return {
      config: {
        ...settings,
        mode: env.choice('BACKUP_MODE', ['async', 'strict'], { default: 'async' }),
        folders: readFolders(env),
        schedule: {
          hour: env.integer('BACKUP_HOUR', { default: 3, min: 0, max: 23 }),
          fullDay: env.integer('BACKUP_FULL_DAY', { default: 0, min: 0, max: 6 }),
          mediaEveryMinutes: env.integer('BACKUP_MEDIA_MINUTES', { default: 1, min: 1, max: 1_440 }),
        },
        retentionDays: env.integer('BACKUP_RETENTION_DAYS', { default: 28, min: 1, max: 3_650 }),
        retentionSets: env.integer('BACKUP_RETENTION_SETS', { default: 0, min: 0, max: 1_000 }) || null,
        limits: {
          archiveSeconds: env.seconds('BACKUP_ALERT_ARCHIVE_SECONDS', 120, 86_400),
          backupHours: env.integer('BACKUP_ALERT_BACKUP_HOURS', { default: 26, min: 1, max: 1_000 }),
          drillHours: env.integer('BACKUP_ALERT_DRILL_HOURS', { default: 48, min: 1, max: 1_000 }),
          repositoryPercent: env.integer('BACKUP_ALERT_DISK_PERCENT', { default: 80, min: 1, max: 100 }),
          offsiteSeconds: env.seconds('BACKUP_ALERT_OFFSITE_SECONDS', 600, 86_400),
        },
        offsite: readOffsite(env),
        mail: readMailSettings(env),
        recipients: {
          address: env.optional('ALERT_MAIL_TO') ?? null,
          webhook: env.url('ALERT_WEBHOOK_URL', ['https:', 'http:'], { default: '' }) || null,
        },
      },
      secrets: readSecrets(env, settings),
    }
  })
}

function readFolders(env: EnvReader): Folders {
  return {
    data: env.text('PGDATA', { example: '/var/lib/postgresql/18/docker' }),
    socket: env.text('PGHOST', { default: '/var/run/postgresql' }),
    repository: env.text('BACKUP_DIR', { default: '/backups' }),
    tail: env.text('WAL_TAIL_DIR', { default: '/wal-tail' }),
    media: env.text('MEDIA_DIR', { default: '/data/media' }),
    restore: env.text('RESTORE_DIR', { default: '/var/lib/postgresql/restore' }),
  }
}

function readOffsite(env: EnvReader): OffsiteSettings | null {
  const bucket = env.optional('BACKUP_S3_BUCKET')
  if (bucket === undefined) return null
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.-]+)*$/.test(bucket))
    env.fault(
      'BACKUP_S3_BUCKET',
      'must be the name of a bucket, or a folder in one',
      'our-backups/production',
    )
  return {
    bucket,
    endpoint: env
      .url('BACKUP_S3_ENDPOINT', ['https:', 'http:'], { default: 'https://s3.amazonaws.com' })
      .replace(/\/+$/, ''),
    region: env.text('BACKUP_S3_REGION', { default: 'us-east-1' }),
    pathStyle: env.flag('BACKUP_S3_PATH_STYLE', false),
    accessKeyId: env.text('BACKUP_S3_ACCESS_KEY_ID', { example: 'AKIAIOSFODNN7EXAMPLE' }),
    everySeconds: env.integer('BACKUP_S3_SECONDS', { default: 60, min: 5, max: 86_400 }),
    cache: join(env.text('BACKUP_DIR', { default: '/backups' }), 's3-cache'),
  }
}

function readSecrets(env: EnvReader, { isProduction }: ServiceSettings): Secrets {
  const key = env.text('BACKUP_KEY', { example: 'the-output-of-openssl-rand-base64-48' })
  if (isProduction) requireStrongSecret(env, 'BACKUP_KEY', key, 32)
  const databasePassword = env.text('REPLICATION_PASSWORD')
  const s3SecretAccessKey = env.optional('BACKUP_S3_SECRET_ACCESS_KEY') ?? ''
  if (env.optional('BACKUP_S3_BUCKET') && !s3SecretAccessKey)
    env.fault(
      'BACKUP_S3_SECRET_ACCESS_KEY',
      'is empty, and BACKUP_S3_BUCKET is set: put it into secrets/backup_s3_secret_access_key',
    )
  return {
    key,
    databasePassword: env.fileReader('REPLICATION_PASSWORD') ?? (() => databasePassword),
    smtpPassword: env.optional('SMTP_PASSWORD') ?? null,
    s3SecretAccessKey: env.fileReader('BACKUP_S3_SECRET_ACCESS_KEY') ?? (() => s3SecretAccessKey),
  }
}

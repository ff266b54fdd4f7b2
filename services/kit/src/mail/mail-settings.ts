import type { EnvReader } from '../env/read-env.ts'

export type MailSettings = {
  /** Null: mails wait in the outbox. */
  host: string | null
  port: number
  user: string | null
  /** `starttls` refuses to go on in plain text, `tls` speaks TLS from the first byte. */
  security: 'starttls' | 'tls' | 'none'
  from: string
}

export function readMailSettings(env: EnvReader): MailSettings {
  const security = readMailSecurity(env)
  return {
    host: env.optional('SMTP_HOST') ?? null,
    port: env.integer('SMTP_PORT', { default: security === 'tls' ? 465 : 587, min: 1, max: 65_535 }),
    user: env.optional('SMTP_USER') ?? null,
    security,
    from: env.text('SMTP_FROM', { default: 'Finity <no-reply@localhost>' }),
  }
}

/** The names and meanings that FastAPI projects use: SMTP_TLS is STARTTLS, SMTP_SSL is TLS from the first byte. */
function readMailSecurity(env: EnvReader): MailSettings['security'] {
  const isStartTls = env.flag('SMTP_TLS', true)
  if (env.flag('SMTP_SSL', false)) return 'tls'
  return isStartTls ? 'starttls' : 'none'
}

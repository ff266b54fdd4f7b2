import { createTransport } from 'nodemailer'
import type { MailSettings } from './mail-settings.ts'

export type ComposedMail = {
  messageId?: string
  recipient: string
  subject: string
  text: string
  html?: string
}

export type MailTransport = {
  /** Resolves once the SMTP server has taken the mail. */
  send: (mail: ComposedMail) => Promise<void>
}

/** Well below the lease of a mail, so that no other sender takes it meanwhile. */
const longestSendMs = 30_000

/** One connection a mail; certificates are verified. */
export function createMailTransport(settings: MailSettings, password: string | null): MailTransport {
  const { host, port, user, security, from } = settings
  const nodemailer = createTransport({
    host: host ?? undefined,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    auth: user === null ? undefined : { user, pass: password ?? '' },
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ recipient, ...mail }) {
      await nodemailer.sendMail({
        ...mail,
        from,
        // As an object it is one address, whatever it contains.
        to: { name: '', address: recipient },
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(longestSendMs),
      })
    },
  }
}

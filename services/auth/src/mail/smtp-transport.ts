import { createTransport } from 'nodemailer'
import type { MailSettings } from '../config.ts'

export type ComposedMail = {
  messageId: string
  recipient: string
  subject: string
  text: string
  html: string
}

export type MailTransport = {
  /** Resolves once the SMTP server has taken the mail. */
  send: (mail: ComposedMail) => Promise<void>
}

/** What may be logged of a failure: not its message, in which servers like to repeat the address. */
export type SmtpFailure = { code: string; command: string | undefined; smtpCode: number | undefined }

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

export function describeFailure(error: unknown): SmtpFailure {
  const { name, code, command, responseCode } = error as {
    name: string
    code?: string
    command?: string
    responseCode?: number
  }
  return { code: code ?? name, command, smtpCode: responseCode }
}

/** The server will never take this mail. 5xx to other commands is about our login or sender, which an operator can mend. */
export function isRefusedForGood({ command = '', smtpCode = 0 }: SmtpFailure): boolean {
  const isAddressWrong = command === 'RCPT TO' && smtpCode === 501
  return isAddressWrong || (['RCPT TO', 'DATA'].includes(command) && smtpCode >= 550 && smtpCode <= 559)
}

import type { MailTransport } from '@finity/kit/mail/smtp-transport.ts'
import type { Clock } from '@finity/kit/process/clock.ts'
import type { Logger } from '@finity/kit/process/create-logger.ts'
import type { Config } from '../config.ts'
import type { OutboxStore } from './outbox-store.ts'

/** What sending mails needs of the service. */
export type MailContext = {
  config: Pick<Config, 'mail' | 'frontendUrl' | 'links'>
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
  clock: Clock
  outbox: OutboxStore
  mailTransport: MailTransport
  accounts: {
    findAccountByEmail: (
      email: string,
    ) => Promise<{ id: string; email: string; isActive: boolean; isVerified: boolean } | null>
  }
  /** Makes the token of a link; the older one of the same purpose stops working. */
  links: { issue: (accountId: string, purpose: 'verify' | 'reset') => Promise<string> }
  metrics: { mails: { inc: (labels: { result: 'sent' | 'failed' | 'given-up' }) => void } }
}

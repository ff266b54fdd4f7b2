import { connectDatabase } from '@finity/kit/database/connect-database.ts'
import { createMailTransport } from '@finity/kit/mail/smtp-transport.ts'
import { createLogger } from '@finity/kit/process/create-logger.ts'
import { aDatabase, type TestDatabase } from '@finity/kit/testing/test-database.ts'
import { inject, onTestFinished } from 'vitest'
import { PrismaClient } from '../../generated/prisma/client.ts'
import { readConfig } from '../../src/config.ts'
import type { MailContext } from '../../src/mail/mail-context.ts'
import { createOutboxStore, type NewMail } from '../../src/mail/outbox-store.ts'
import { MailServer } from '../support/mail-server.ts'

const secret = 'a secret that only the tests know'

export const recipient = 'ada@example.com'
export const deed = { device: 'Firefox on Linux', address: '192.0.2.7', at: '2026-11-23T13:34:56.000Z' }
export const aNotice = { kind: 'password-changed', recipient, facts: deed } as const

export type Mailer = {
  context: MailContext
  server: MailServer
  database: TestDatabase
  /** The account of `recipient`; null when there is none. */
  account: { id: string; email: string; isActive: boolean; isVerified: boolean } | null
  write: (...mails: Omit<NewMail, 'now'>[]) => Promise<void>
  rows: () => Promise<{ dueAt: Date; attempts: number; failedAt: Date | null }[]>
  /** The service's clock, which stands still. */
  now: Date
  results: string[]
  log: () => string
}

/** Everything that sends mails, with a database and an SMTP server of its own, until the test ends. */
export async function startMailer(environment: Record<string, string> = {}): Promise<Mailer> {
  const [database, server] = await Promise.all([aDatabase(inject('templateDatabase')), MailServer.start()])
  const lines: string[] = []
  const logger = createLogger('auth', 'trace', { write: (line) => void lines.push(line) })
  const { config, secrets } = readConfig({
    DATABASE_URL: database.url,
    SECRET: secret,
    USERS_VERIFICATION_TOKEN_SECRET: secret,
    USERS_RESET_PASSWORD_TOKEN_SECRET: secret,
    FRONTEND_URL: 'https://finity.example/',
    ...server.environment,
    ...environment,
  })
  const { adapter } = connectDatabase({ connectionString: database.url }, 'test', logger)
  const client = new PrismaClient({ adapter })
  onTestFinished(async () => {
    await server.close()
    await client.$disconnect()
    await database.drop()
  })

  let tokens = 0
  const outbox = createOutboxStore(client)
  const mailer: Mailer = {
    server,
    database,
    account: { id: 'id-of-ada', email: recipient, isActive: true, isVerified: false },
    async write(...mails) {
      for (const mail of mails) await outbox.addMail({ ...mail, now: mailer.now } as NewMail)
    },
    rows: () => client.outboxMail.findMany({ orderBy: { id: 'asc' } }),
    now: new Date('2026-11-23T13:35:00Z'),
    results: [],
    log: () => lines.join(''),
    context: {
      config,
      logger,
      outbox,
      clock: () => mailer.now,
      mailTransport: createMailTransport(config.mail, secrets.smtpPassword),
      accounts: {
        findAccountByEmail: async (email) =>
          email.toLowerCase() === mailer.account?.email ? mailer.account : null,
      },
      links: {
        async issue(_accountId, purpose) {
          tokens += 1
          return `${purpose}-token-${tokens}`
        },
      },
      metrics: { mails: { inc: ({ result }) => void mailer.results.push(result) } },
    },
  }
  return mailer
}

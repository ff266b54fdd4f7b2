import { connectDatabase, transactionOptions } from '@finity/kit/database/connect-database.ts'
import { type DatabaseWatch, watchDatabase } from '@finity/kit/database/watch-database.ts'
import { createMailTransport, type MailTransport } from '@finity/kit/mail/smtp-transport.ts'
import { type Clock, systemClock } from '@finity/kit/process/clock.ts'
import type { Logger } from '@finity/kit/process/create-logger.ts'
import { type Lifecycle, newLifecycle } from '@finity/kit/process/lifecycle.ts'
import { limitWork } from '@finity/kit/process/limit-work.ts'
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts'
import { type AccountStore, createAccountStore } from './accounts/account-store.ts'
import { createDeletedAccountStore, type DeletedAccountStore } from './accounts/deleted-account-store.ts'
import type { Config, Secrets } from './config.ts'
import { createEventStore, type EventStore } from './events/event-store.ts'
import { createLimits } from './limits/create-limits.ts'
import type { Limits } from './limits/limits.ts'
import { createLinks, type Links } from './links/create-links.ts'
import { createLinkTokenStore, type LinkTokenStore } from './links/link-token-store.ts'
import { createOutboxStore, type OutboxStore } from './mail/outbox-store.ts'
import { type MailSender, runMailSender } from './mail/run-mail-sender.ts'
import { type AuthMetrics, createAuthMetrics } from './metrics.ts'
import { createPasswordHasher, type PasswordHasher } from './passwords/hash-password.ts'
import { type CookieJar, createCookieJar } from './sessions/cookies.ts'
import { createDeviceTokens, type DeviceTokens } from './sessions/device-token.ts'
import { createSessionStore, type SessionStore } from './sessions/session-store.ts'
import { createSigningKeyStore } from './tokens/signing-key-store.ts'
import { createSigningKeys, type SigningKeys } from './tokens/signing-keys.ts'

/** The tables, one after the other or, by `transact`, together. */
export type Stores = {
  accounts: AccountStore
  deletedAccounts: DeletedAccountStore
  sessions: SessionStore
  linkTokens: LinkTokenStore
  events: EventStore
  outbox: OutboxStore
}

/** What handlers are given. */
export type Context = Stores & {
  config: Config
  logger: Logger
  clock: Clock
  lifecycle: Lifecycle
  metrics: AuthMetrics
  /** All that `work` writes is written, or nothing. */
  transact: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>
  passwords: PasswordHasher
  signingKeys: SigningKeys
  links: Links
  limits: Limits
  cookies: CookieJar
  deviceTokens: DeviceTokens
  mailTransport: MailTransport
  mailSender: Pick<MailSender, 'wake'>
  database: DatabaseWatch
  close: () => Promise<void>
}

export type ContextParts = { config: Config; secrets: Secrets; logger: Logger; clock?: Clock }

export function createContext(parts: ContextParts): Context {
  const { config, secrets, logger, clock = systemClock } = parts
  const { pool, adapter } = connectDatabase(secrets.database, 'finity-auth', logger)
  const prisma = new PrismaClient({ adapter, transactionOptions })
  const watch = watchDatabase(secrets.database, 'finity-auth', pool)
  const stores = createStores(prisma)
  const hashQueue = limitWork(config.hashing)
  const limits = createLimits({ redisUrl: secrets.redisUrl, factor: config.rateLimitFactor, logger })
  const metrics = createAuthMetrics({
    hashesWaiting: hashQueue.waiting,
    mailsWaiting: stores.outbox.countWaitingMails,
  })
  const context = {
    ...stores,
    config,
    logger,
    clock,
    lifecycle: newLifecycle(),
    metrics,
    transact: <T>(work: (stores: Stores) => Promise<T>) =>
      prisma.$transaction((transaction) => work(createStores(transaction))),
    passwords: createPasswordHasher(hashQueue, metrics.passwordHashes),
    signingKeys: createSigningKeys({
      ...config,
      store: createSigningKeyStore(prisma),
      secret: secrets.secret,
      clock,
    }),
    links: createLinks({ config, secrets, clock, store: stores.linkTokens }),
    limits,
    cookies: createCookieJar(config),
    deviceTokens: createDeviceTokens(secrets.secret),
    mailTransport: createMailTransport(config.mail, secrets.smtpPassword),
    database: watch,
  }
  const mailSender = runMailSender(context)
  const close = async () => {
    await mailSender.stop()
    await limits.close()
    await Promise.all([prisma.$disconnect(), watch.close()])
  }
  return { ...context, mailSender, close }
}

function createStores(database: Prisma.TransactionClient): Stores {
  return {
    accounts: createAccountStore(database),
    deletedAccounts: createDeletedAccountStore(database),
    sessions: createSessionStore(database),
    linkTokens: createLinkTokenStore(database),
    events: createEventStore(database),
    outbox: createOutboxStore(database),
  }
}

import { connectDatabase, transactionOptions } from '@finity/kit/database/connect-database.ts'
import { type DatabaseWatch, watchDatabase } from '@finity/kit/database/watch-database.ts'
import { type Clock, systemClock } from '@finity/kit/process/clock.ts'
import type { Logger } from '@finity/kit/process/create-logger.ts'
import { type Lifecycle, newLifecycle } from '@finity/kit/process/lifecycle.ts'
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts'
import { type EndedSessions, followEndedSessions } from './access/ended-sessions.ts'
import { createKeySource, type KeySource } from './access/key-source.ts'
import { createTokenVerifier, type TokenVerifier } from './access/verify-token.ts'
import { createDeletedAccountStore, type DeletedAccountStore } from './accounts/deleted-account-store.ts'
import { createErasureStore, type ErasureStore } from './accounts/erasure-store.ts'
import type { Config, Secrets } from './config.ts'
import { type AttachmentStore, createAttachmentStore } from './documents/attachment-store.ts'
import { createDocumentStore, type DocumentStore } from './documents/document-store.ts'
import { createDocumentLists, type DocumentLists } from './documents/list-store.ts'
import { createNewDocuments, type NewDocuments } from './documents/new-document-store.ts'
import { createTagStore, type TagStore } from './documents/tag-store.ts'
import { createIdempotencyStore, type IdempotencyStore } from './idempotency/idempotency-store.ts'
import { createJobQueue, type JobQueue, type JobSender } from './jobs/job-queue-store.ts'
import { createJobRecordStore, type JobRecordStore } from './jobs/job-record-store.ts'
import { createFolderStorage } from './media/folder-storage.ts'
import type { MediaStorage } from './media/media-storage.ts'
import { createMediaStore, type MediaStore } from './media/media-store.ts'
import { createLinkSigner, type LinkSigner } from './media/sign-links.ts'
import { type ApiMetrics, createApiMetrics } from './metrics.ts'
import { createPayment } from './subscriptions/create-payment.ts'
import type { Payment } from './subscriptions/payment.ts'
import { createPaymentEventStore, type PaymentEventStore } from './subscriptions/payment-event-store.ts'
import type { Plans } from './subscriptions/plans.ts'
import { createSubscriptionStore, type SubscriptionStore } from './subscriptions/subscription-store.ts'
import { createSystemStore, type SystemStore } from './system/system-store.ts'
import { createUsageStore, type UsageStore } from './usage/usage-store.ts'

/** The tables, one after the other or, by `transact`, together. */
export type Stores = {
  documents: DocumentStore
  attachments: AttachmentStore
  tags: TagStore
  media: MediaStore
  idempotency: IdempotencyStore
  usage: UsageStore
  subscriptions: SubscriptionStore
  paymentEvents: PaymentEventStore
  deletedAccounts: DeletedAccountStore
  erasure: ErasureStore
  jobs: JobSender
  /** What the plans allow: no table, but wanted wherever usage changes. */
  plans: Plans
}

/** What handlers are given. */
export type Context = Stores & {
  config: Config
  logger: Logger
  metrics: ApiMetrics
  clock: Clock
  lifecycle: Lifecycle
  keys: KeySource
  verifyToken: TokenVerifier
  endedSessions: EndedSessions
  documentLists: DocumentLists
  newDocuments: NewDocuments
  storage: MediaStorage
  links: LinkSigner
  payment: Payment
  /** All that `work` writes is written, or nothing. */
  transact: <T>(work: (stores: Stores) => Promise<T>) => Promise<T>
  jobQueue: JobQueue
  jobRecords: JobRecordStore
  system: SystemStore
  database: DatabaseWatch
  close: () => Promise<void>
}

export type ContextParts = { config: Config; secrets: Secrets; logger: Logger; clock?: Clock }

export function createContext({ config, secrets, logger, clock = systemClock }: ContextParts): Context {
  const { pool, adapter } = connectDatabase(secrets.database, 'finity-api', logger)
  const prisma = new PrismaClient({ adapter, transactionOptions })
  const watch = watchDatabase(secrets.database, 'finity-api', pool)
  const keys = createKeySource(config.jwksUrl)
  const endedSessions = followEndedSessions(config.endedSessionsUrl, logger)
  const jobQueue = createJobQueue(secrets.database, logger)
  const jobRecords = createJobRecordStore(prisma)
  const createStores = (database: Prisma.TransactionClient): Stores => ({
    documents: createDocumentStore(database),
    attachments: createAttachmentStore(database),
    tags: createTagStore(database),
    media: createMediaStore(database),
    idempotency: createIdempotencyStore(database),
    usage: createUsageStore(database),
    subscriptions: createSubscriptionStore(database),
    paymentEvents: createPaymentEventStore(database),
    deletedAccounts: createDeletedAccountStore(database),
    erasure: createErasureStore(database),
    jobs: jobQueue.senderOn(database),
    plans: config.plans,
  })
  return {
    ...createStores(prisma),
    config,
    logger,
    metrics: createApiMetrics(jobRecords),
    clock,
    lifecycle: newLifecycle(),
    keys,
    verifyToken: createTokenVerifier(keys, config),
    endedSessions,
    documentLists: createDocumentLists(pool),
    newDocuments: createNewDocuments(pool),
    storage: createFolderStorage(config.mediaDir),
    links: createLinkSigner(secrets.apiSecret),
    payment: createPayment(config.payment, secrets.payment),
    transact: (work) => prisma.$transaction((transaction) => work(createStores(transaction))),
    jobQueue,
    jobRecords,
    system: createSystemStore(prisma),
    database: watch,
    close: async () => {
      await endedSessions.stop()
      await jobQueue.close()
      await Promise.all([prisma.$disconnect(), watch.close()])
    },
  }
}

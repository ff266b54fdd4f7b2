import { availableParallelism } from 'node:os'
import { databaseAdapter } from '@finity/kit/database/connect-database.ts'
import { type Clock, systemClock } from '@finity/kit/process/clock.ts'
import type { Logger } from '@finity/kit/process/create-logger.ts'
import { type Lifecycle, newLifecycle } from '@finity/kit/process/lifecycle.ts'
import { limitWork } from '@finity/kit/process/limit-work.ts'
import { PrismaClient } from '../generated/prisma/client.ts'
import { type AccountStore, createAccountStore } from './accounts/account-store.ts'
import type { Config, Secrets } from './config.ts'
import { createPasswordHasher, type PasswordHasher } from './passwords/hash-password.ts'
import { deriveSigningKey, type SigningKey } from './tokens/signing-key.ts'

/** What handlers are given. */
export type Context = {
  config: Config
  logger: Logger
  clock: Clock
  lifecycle: Lifecycle
  accounts: AccountStore
  passwords: PasswordHasher
  signingKey: SigningKey
  pingDatabase: () => Promise<unknown>
  close: () => Promise<void>
}

export type ContextParts = { config: Config; secrets: Secrets; logger: Logger; clock?: Clock }

/** Hashing keeps one core busy for about 20 ms: a full queue is some two seconds long. */
const hashesWaitingPerCore = 100

export async function createContext({
  config,
  secrets,
  logger,
  clock = systemClock,
}: ContextParts): Promise<Context> {
  const database = new PrismaClient({ adapter: databaseAdapter(secrets.databaseUrl, 'finity-auth', logger) })
  const concurrency = availableParallelism()
  return {
    config,
    logger,
    clock,
    lifecycle: newLifecycle(),
    accounts: createAccountStore(database),
    passwords: createPasswordHasher(
      limitWork({ concurrency, queueLimit: concurrency * hashesWaitingPerCore }),
    ),
    signingKey: await deriveSigningKey(secrets.secret),
    pingDatabase: () => database.$queryRaw`select 1`,
    close: () => database.$disconnect(),
  }
}

import type { Prisma } from '../../generated/prisma/client.ts'
import type { PlanName } from './plans.ts'

export type SubscriptionStatus = 'active' | 'past_due' | 'ended'

export type PaymentProvider = 'manual' | 'stripe'

export type Subscription = {
  accountId: string
  plan: PlanName
  status: SubscriptionStatus
  provider: PaymentProvider
  /** At the payment provider. An account that only began to pay has one, too. */
  customerId: string | null
  providerSubscriptionId: string | null
  currentPeriodEnd: Date | null
  cancelAtPeriodEnd: boolean
  /** When the provider was asked for this state, by the database's clock. */
  askedAt: Date
}

export type SubscriptionStore = {
  findSubscription: (accountId: string) => Promise<Subscription | null>
  /** The same, and nobody else reads it so until the transaction ends. */
  lockSubscription: (accountId: string) => Promise<Subscription | null>
  /** The account that a customer of the provider belongs to. */
  findOwner: (customerId: string) => Promise<string | null>
  saveSubscription: (subscription: Subscription, now: Date) => Promise<void>
  removeSubscription: (accountId: string) => Promise<void>
  /** Customers whose paid time was over at a moment, although their subscription still counts; at most 1000. */
  findOverdue: (moment: Date) => Promise<string[]>
  /** The database's clock, which all processes share: theirs may differ. */
  tellTime: () => Promise<Date>
}

export function createSubscriptionStore(database: Prisma.TransactionClient): SubscriptionStore {
  async function findSubscription(accountId: string): Promise<Subscription | null> {
    const found = await database.subscription.findUnique({ where: { accountId } })
    return found && { ...found, plan: found.plan as PlanName }
  }

  return {
    findSubscription,

    async lockSubscription(accountId) {
      // A lock of the row would not hold back a second request that finds none either.
      await database.$executeRaw`
        select pg_advisory_xact_lock(hashtextextended('subscription:' || ${accountId}, 0))`
      return findSubscription(accountId)
    },

    async findOwner(customerId) {
      const found = await database.subscription.findUnique({
        where: { customerId },
        select: { accountId: true },
      })
      return found?.accountId ?? null
    },

    async saveSubscription({ accountId, ...state }, now) {
      const data = { ...state, updatedAt: now }
      await database.subscription.upsert({
        where: { accountId },
        create: { accountId, ...data },
        update: data,
      })
    },

    async removeSubscription(accountId) {
      await database.subscription.deleteMany({ where: { accountId } })
    },

    async findOverdue(moment) {
      const found = await database.subscription.findMany({
        where: { status: { not: 'ended' }, currentPeriodEnd: { lt: moment }, customerId: { not: null } },
        select: { customerId: true },
        take: 1_000,
      })
      return found.flatMap(({ customerId }) => customerId ?? [])
    },

    async tellTime() {
      const [row] = await database.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`
      if (!row) throw new Error('the database does not tell the time')
      return row.now
    },
  }
}

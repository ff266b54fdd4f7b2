import type { Prisma } from '../../generated/prisma/client.ts'

export type PaymentEvent = {
  id: string
  kind: string
  customerId: string | null
  receivedAt: Date
  handledAt: Date | null
}

export type NewPaymentEvent = PaymentEvent & { payload: Prisma.InputJsonObject }

export type PaymentEventPlace = { receivedAt: Date; id: string }

export type PaymentEventStore = {
  /** False: it was recorded before. */
  addEvent: (event: NewPaymentEvent) => Promise<boolean>
  findEvent: (id: string) => Promise<PaymentEvent | null>
  /** Newest first, at most `limit`, beginning after `after`. */
  listEvents: (limit: number, after: PaymentEventPlace | undefined) => Promise<PaymentEvent[]>
  /** The ids of a customer's events that wait to be handled. */
  findWaiting: (customerId: string) => Promise<string[]>
  /** Null: they wait again. */
  markHandled: (ids: string[], handledAt: Date | null) => Promise<void>
  forgetCustomer: (customerId: string) => Promise<void>
  forgetBefore: (moment: Date) => Promise<number>
}

const shown = { id: true, kind: true, customerId: true, receivedAt: true, handledAt: true }

export function createPaymentEventStore(database: Prisma.TransactionClient): PaymentEventStore {
  return {
    async addEvent(data) {
      const { count } = await database.paymentEvent.createMany({ data, skipDuplicates: true })
      return count > 0
    },

    findEvent: (id) => database.paymentEvent.findUnique({ where: { id }, select: shown }),

    listEvents: (take, after) =>
      database.paymentEvent.findMany({
        ...(after && {
          where: {
            receivedAt: { lte: after.receivedAt },
            OR: [{ receivedAt: { lt: after.receivedAt } }, { id: { gt: after.id } }],
          },
        }),
        orderBy: [{ receivedAt: 'desc' }, { id: 'asc' }],
        select: shown,
        take,
      }),

    async findWaiting(customerId) {
      const found = await database.paymentEvent.findMany({
        where: { customerId, handledAt: null },
        select: { id: true },
      })
      return found.map(({ id }) => id)
    },

    async markHandled(ids, handledAt) {
      await database.paymentEvent.updateMany({ where: { id: { in: ids } }, data: { handledAt } })
    },

    async forgetCustomer(customerId) {
      await database.paymentEvent.deleteMany({ where: { customerId } })
    },

    async forgetBefore(moment) {
      const { count } = await database.paymentEvent.deleteMany({ where: { receivedAt: { lt: moment } } })
      return count
    },
  }
}

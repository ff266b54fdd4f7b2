import type { Prisma } from '../../generated/prisma/client.ts'
import type { Client } from './describe-client.ts'

export type EventKind =
  | 'account-registered'
  | 'sign-in'
  | 'sign-in-failed'
  | 'signed-out'
  | 'session-ended'
  | 'refresh-token-reused'
  | 'password-changed'
  | 'password-reset'
  | 'address-changed'
  | 'address-verified'
  | 'account-changed-by-admin'

export type SecurityEvent = Client & { id: string; kind: string; createdAt: Date; actorId: string | null }

export type NewEvent = {
  kind: EventKind
  /** Null for a failure at an address that nobody has: it costs the same row, so that the time tells nothing. */
  accountId: string | null
  client: Client
  actorId?: string | undefined
  now: Date
}

export type EventStore = {
  addEvent: (event: NewEvent) => Promise<void>
  /** Newest first, older than `before` when it is given. */
  listEvents: (accountId: string, page: { before?: string; limit: number }) => Promise<SecurityEvent[]>
  pruneEvents: (before: Date) => Promise<number>
}

export function createEventStore(database: Prisma.TransactionClient): EventStore {
  return {
    async addEvent({ kind, accountId, client, actorId = null, now }) {
      await database.$executeRaw`
        insert into security_event (user_id, kind, created_at, device, address, actor_id)
        values (${accountId}::uuid, ${kind}, ${now}, ${client.device}, ${client.address}, ${actorId}::uuid)`
    },

    listEvents: (accountId, { before, limit }) =>
      database.securityEvent.findMany({
        where: { accountId, ...(before !== undefined && { id: { lt: before } }) },
        orderBy: { id: 'desc' },
        take: limit,
        select: { id: true, kind: true, createdAt: true, device: true, address: true, actorId: true },
      }),

    async pruneEvents(before) {
      const { count } = await database.securityEvent.deleteMany({ where: { createdAt: { lt: before } } })
      return count
    },
  }
}

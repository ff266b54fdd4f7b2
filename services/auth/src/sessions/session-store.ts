import type { TokenSubject } from '@finity/kit/http/verify-access-token.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { Account } from '../accounts/account-store.ts'
import type { Client } from '../events/describe-client.ts'

type Hash = Buffer<ArrayBuffer>

export type NewSession = {
  /** Its hash is the one that the password was found right by. */
  account: Pick<Account, 'id' | 'email' | 'hashedPassword'>
  seriesHash: Hash
  tokenHash: Hash
  client: Client
  /** Whether the browser brought a mark of an earlier sign-in: then it is no news to anybody. */
  isKnownDevice: boolean
  now: Date
  expiresAt: Date
}

export type Rotation = {
  seriesHash: Hash
  tokenHash: Hash
  successorHash: Hash
  successorSalt: Hash
  address: string
  now: Date
  /** A session that was not refreshed since is over. */
  idleSince: Date
}

export type SessionOwner = { sessionId: string; accountId: string }

/** A session as its refresh token finds it. */
export type FoundSession = TokenSubject & {
  previousTokenHash: Uint8Array | null
  successorSalt: Uint8Array | null
  refreshedAt: Date
  /** Neither expired nor idle too long, and of an active account. */
  isLive: boolean
}

export type ListedSession = Client & { id: string; createdAt: Date; refreshedAt: Date; expiresAt: Date }

export type SessionStore = {
  /**
   * Begins a session; null when the account was deactivated or its password changed meanwhile. With it come the security
   * event and, when the account signed in before but never from this client, the mail that tells its owner.
   */
  beginSession: (session: NewSession) => Promise<TokenSubject | null>
  /** Puts the successor in the place of the current token; null when the token is not the current one of a live session. */
  rotateSession: (rotation: Rotation) => Promise<TokenSubject | null>
  findSessionBySeries: (seriesHash: Hash, now: Date, idleSince: Date) => Promise<FoundSession | null>
  /** The account of a session that is not over; null also when the session is another account's. */
  findSessionAccount: (owner: SessionOwner, now: Date) => Promise<Account | null>
  /** Last used first. */
  listSessions: (accountId: string, now: Date, idleSince: Date) => Promise<ListedSession[]>
  /** False when the account has no such session. */
  removeSession: (owner: SessionOwner) => Promise<boolean>
  /** The session of a refresh token's series, whoever's it is. */
  removeSessionOfSeries: (seriesHash: Hash) => Promise<void>
  /** Returns how many ended. */
  removeSessions: (accountId: string, except?: string) => Promise<number>
  pruneSessions: (now: Date, idleSince: Date) => Promise<number>
  /** The ids of sessions that ended after this moment, by the database's clock; a trigger notes them. */
  listEndedSessions: (since: Date) => Promise<string[]>
  pruneEndedSessions: (before: Date) => Promise<number>
}

export function createSessionStore(database: Prisma.TransactionClient): SessionStore {
  return {
    async beginSession({ account, seriesHash, tokenHash, client, isKnownDevice, now, expiresAt }) {
      const { device, address } = client
      // One statement, which is a transaction: sign-ins are the hot path, and each round trip costs as much as this whole one.
      // The lock makes it wait for a change of the account that is under way: what ends all sessions ends this one too.
      const [subject] = await database.$queryRaw<TokenSubject[]>`
        with owner as (
          select id, is_superuser from "user" where id = ${account.id}::uuid and is_active
            and hashed_password = ${account.hashedPassword} for share
        ), earlier as (
          select 1 from security_event where user_id = ${account.id}::uuid and kind = 'sign-in'
        ), from_here as (
          select 1 from security_event where user_id = ${account.id}::uuid and kind = 'sign-in'
            and device = ${device} and address = ${address}
        ), event as (
          insert into security_event (user_id, kind, created_at, device, address)
          select id, 'sign-in', ${now}::timestamptz, ${device}::text, ${address}::text from owner
        ), mail as (
          insert into outbox_mail (kind, recipient, facts, created_at, due_at)
          select 'new-sign-in', ${account.email}::text,
                 jsonb_build_object('device', ${device}::text, 'address', ${address}::text, 'at', ${now.toISOString()}::text),
                 ${now}::timestamptz, ${now}::timestamptz
          from owner where not ${isKnownDevice} and exists (select from earlier) and not exists (select from from_here)
        )
        insert into session (user_id, series_hash, token_hash, created_at, refreshed_at, expires_at, device, address)
        select id, ${seriesHash}::bytea, ${tokenHash}::bytea, ${now}::timestamptz, ${now}::timestamptz,
               ${expiresAt}::timestamptz, ${device}::text, ${address}::text from owner
        returning id as "sessionId", user_id as "accountId", (select is_superuser from owner) as "isSuperuser"`
      return subject ?? null
    },

    async rotateSession({ seriesHash, tokenHash, successorHash, successorSalt, address, now, idleSince }) {
      // The condition decides among requests at once: the row's lock lets one match the current token.
      const [subject] = await database.$queryRaw<TokenSubject[]>`
        update session set previous_token_hash = token_hash, token_hash = ${successorHash},
               successor_salt = ${successorSalt}, refreshed_at = ${now}, address = ${address}
        from "user"
        where series_hash = ${seriesHash} and token_hash = ${tokenHash}
          and expires_at > ${now} and refreshed_at > ${idleSince} and "user".id = user_id and is_active
        returning session.id as "sessionId", user_id as "accountId", is_superuser as "isSuperuser"`
      return subject ?? null
    },

    async findSessionBySeries(seriesHash, now, idleSince) {
      const [session] = await database.$queryRaw<FoundSession[]>`
        select session.id as "sessionId", user_id as "accountId", is_superuser as "isSuperuser",
               previous_token_hash as "previousTokenHash",
               successor_salt as "successorSalt", refreshed_at as "refreshedAt",
               is_active and expires_at > ${now} and refreshed_at > ${idleSince} as "isLive"
        from session join "user" on "user".id = user_id
        where series_hash = ${seriesHash}`
      return session ?? null
    },

    async findSessionAccount({ sessionId, accountId }, now) {
      const [account] = await database.$queryRaw<Account[]>`
        select "user".id, email, hashed_password as "hashedPassword", is_active as "isActive",
               is_superuser as "isSuperuser", is_verified as "isVerified"
        from session join "user" on "user".id = user_id
        where session.id = ${sessionId}::uuid and user_id = ${accountId}::uuid and expires_at > ${now}`
      return account ?? null
    },

    listSessions: (accountId, now, idleSince) =>
      database.session.findMany({
        where: { accountId, expiresAt: { gt: now }, refreshedAt: { gt: idleSince } },
        orderBy: { refreshedAt: 'desc' },
        select: {
          id: true,
          createdAt: true,
          refreshedAt: true,
          expiresAt: true,
          device: true,
          address: true,
        },
      }),

    async removeSession({ sessionId, accountId }) {
      const { count } = await database.session.deleteMany({ where: { id: sessionId, accountId } })
      return count === 1
    },

    async removeSessionOfSeries(seriesHash) {
      await database.session.deleteMany({ where: { seriesHash } })
    },

    async removeSessions(accountId, except) {
      const { count } = await database.session.deleteMany({
        where: { accountId, ...(except !== undefined && { id: { not: except } }) },
      })
      return count
    },

    async pruneSessions(now, idleSince) {
      const { count } = await database.session.deleteMany({
        where: { OR: [{ expiresAt: { lt: now } }, { refreshedAt: { lt: idleSince } }] },
      })
      return count
    },

    async listEndedSessions(since) {
      const ended = await database.endedSession.findMany({
        where: { endedAt: { gt: since } },
        select: { id: true },
      })
      return ended.map(({ id }) => id)
    },

    async pruneEndedSessions(before) {
      const { count } = await database.endedSession.deleteMany({ where: { endedAt: { lt: before } } })
      return count
    },
  }
}

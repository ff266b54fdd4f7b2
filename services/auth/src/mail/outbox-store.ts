import type { Prisma } from '../../generated/prisma/client.ts'

/** By whom and when something was done; `at` is ISO 8601. */
type Deed = { device: string; address: string; at: string }

/** What a mail is about; its words are in messages.ts. */
export type NewMail = { recipient: string; now: Date } & (
  | { kind: 'verify-address' | 'reset-password' | 'already-registered'; facts?: Record<string, never> }
  | { kind: 'new-sign-in' | 'password-changed'; facts: Deed }
  | { kind: 'address-changed'; facts: Deed & { newAddress: string } }
)

export type MailKind = NewMail['kind']

/** Of all kinds; which of them a mail has, NewMail says. */
export type MailFacts = Deed & { newAddress: string }

export type OutboxMail = {
  id: string
  kind: string
  recipient: string
  facts: unknown
  createdAt: Date
  /** How often it has been tried, this time included. */
  attempts: number
}

export type OutboxStore = {
  addMail: (mail: NewMail) => Promise<void>
  /** The mail that is due longest, hidden from other senders until `hiddenUntil`; null when none is due. */
  claimDueMail: (now: Date, hiddenUntil: Date) => Promise<OutboxMail | null>
  postponeMail: (id: string, dueAt: Date) => Promise<void>
  /** Keeps the mail for an operator to read, and never tries it again. */
  giveUpMail: (id: string, now: Date) => Promise<void>
  removeMail: (id: string) => Promise<void>
  countWaitingMails: () => Promise<number>
  /** Also such as wait still: old news is better not sent. */
  pruneMails: (before: Date) => Promise<number>
}

export function createOutboxStore(database: Prisma.TransactionClient): OutboxStore {
  return {
    async addMail({ kind, recipient, facts = {}, now }) {
      await database.outboxMail.create({ data: { kind, recipient, facts, createdAt: now, dueAt: now } })
    },

    async claimDueMail(now, hiddenUntil) {
      const [mail] = await database.$queryRaw<OutboxMail[]>`
        update outbox_mail set due_at = ${hiddenUntil}, attempts = attempts + 1
        where id = (
          select id from outbox_mail where due_at <= ${now} and failed_at is null
          order by due_at limit 1 for update skip locked
        )
        returning id, kind, recipient, facts, created_at as "createdAt", attempts`
      return mail ?? null
    },

    async postponeMail(id, dueAt) {
      await database.outboxMail.updateMany({ where: { id }, data: { dueAt } })
    },

    async giveUpMail(id, now) {
      await database.outboxMail.updateMany({ where: { id }, data: { failedAt: now } })
    },

    async removeMail(id) {
      await database.outboxMail.deleteMany({ where: { id } })
    },

    countWaitingMails: () => database.outboxMail.count({ where: { failedAt: null } }),

    async pruneMails(before) {
      const { count } = await database.outboxMail.deleteMany({ where: { createdAt: { lt: before } } })
      return count
    },
  }
}

import { composeMail } from './compose-mail.ts'
import type { MailContext } from './mail-context.ts'
import type { OutboxMail } from './outbox-store.ts'
import { describeFailure, isRefusedForGood } from './smtp-failure.ts'

/** A sender that dies with a mail in hand delays it by this much. */
const leaseMs = 60_000
const firstDelayMs = 1_000
const longestDelayMs = 15 * 60_000
const oldestMs = 48 * 3_600_000

/**
 * Sends what is due now, one after the other, until nothing is or `stopping` says so; returns how many went out.
 * Any number of senders may be at work.
 */
export async function sendDueMails(context: MailContext, stopping?: AbortSignal): Promise<number> {
  let sent = 0
  while (!stopping?.aborted) {
    const now = context.clock()
    const mail = await context.outbox.claimDueMail(now, later(now, leaseMs))
    if (!mail) break
    if (await deliver(context, mail)) sent += 1
  }
  return sent
}

async function deliver(context: MailContext, mail: OutboxMail): Promise<boolean> {
  let isSent = false
  try {
    const composed = await composeMail(context, mail)
    if (composed) await context.mailTransport.send(composed)
    isSent = composed !== null
  } catch (error) {
    await putBack(context, mail, error)
    return false
  }
  await context.outbox.removeMail(mail.id)
  if (isSent) context.metrics.mails.inc({ result: 'sent' })
  return isSent
}

async function putBack(context: MailContext, mail: OutboxMail, error: unknown): Promise<void> {
  const { outbox, logger, metrics } = context
  const failure = describeFailure(error)
  const line = { mailId: mail.id, kind: mail.kind, attempt: mail.attempts, ...failure }
  const now = context.clock()
  if (isRefusedForGood(failure) || now.getTime() - mail.createdAt.getTime() > oldestMs) {
    await outbox.giveUpMail(mail.id, now)
    metrics.mails.inc({ result: 'given-up' })
    return logger.error(line, 'gave up a mail')
  }
  await outbox.postponeMail(mail.id, later(now, delayAfter(mail.attempts)))
  metrics.mails.inc({ result: 'failed' })
  logger.warn(line, 'could not send a mail; it is tried again')
}

/** Doubles with each try. A random half keeps mails that failed together from coming back together. */
function delayAfter(attempts: number): number {
  const delay = Math.min(firstDelayMs * 2 ** (attempts - 1), longestDelayMs)
  return delay * (0.5 + Math.random() / 2)
}

function later(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds)
}

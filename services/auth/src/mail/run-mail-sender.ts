import { setTimeout as sleep } from 'node:timers/promises'
import type { MailContext } from './mail-context.ts'
import { sendDueMails } from './send-due-mails.ts'

export type MailSender = {
  /** A mail was written: it need not wait for the next look into the outbox. */
  wake: () => void
  /** Waits for the mail in hand, though not for ever. */
  stop: () => Promise<void>
}

/** What is cut off here goes out after its lease. */
const longestStopMs = 5_000

/** Sends mails until it is stopped. Whatever fails, it keeps trying. */
export function runMailSender(context: MailContext, { pollMs = 1_000 } = {}): MailSender {
  if (context.config.mail.host === null) {
    context.logger.warn('mails wait in the outbox and nothing is sent: set SMTP_HOST')
    return { wake: () => {}, stop: async () => {} }
  }
  const stopping = new AbortController()
  const sendNow = reportChanges(context, () => sendDueMails(context, stopping.signal))
  let bell = Promise.withResolvers<void>()

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      // Before it looks: a mail that is written meanwhile rings the new bell.
      bell = Promise.withResolvers()
      await sendNow()
      const timer = setTimeout(bell.resolve, pollMs)
      await bell.promise
      clearTimeout(timer)
    }
  }
  const running = run()
  return {
    wake: () => bell.resolve(),
    async stop() {
      stopping.abort()
      bell.resolve()
      await Promise.race([running, sleep(longestStopMs, undefined, { ref: false })])
    },
  }
}

/** Never throws; says once that the outbox cannot be read, and once that it can again. */
function reportChanges({ logger }: MailContext, send: () => Promise<unknown>): () => Promise<void> {
  let isFailing = false
  return async () => {
    try {
      await send()
      if (isFailing) logger.info('mails are sent again')
      isFailing = false
    } catch (error) {
      if (!isFailing) logger.warn({ err: error }, 'cannot read the outbox; mails wait')
      isFailing = true
    }
  }
}

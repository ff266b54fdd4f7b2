import { createMailTransport } from '@finity/kit/mail/smtp-transport.ts'
import type { Context } from '../context.ts'
import type { Alert } from './find-alerts.ts'

const webhookLimitMs = 10_000

/** What a webhook gets as JSON: what is new, what is over, and all that stands. `text` is for chats, which show it. */
export type AlertNews = { text: string; raised: Alert[]; cleared: string[]; standing: Alert[] }

/**
 * By mail and by webhook, as far as they are set. Throws when none of them takes it: it is told again then. By one that does, it is not
 * told over and over because the other does not.
 */
export async function tellAlerts(
  { config, secrets, logger }: Pick<Context, 'config' | 'secrets' | 'logger'>,
  news: AlertNews,
): Promise<void> {
  const { recipients, mail } = config
  const ways: Promise<void>[] = []
  if (recipients.address && mail.host)
    ways.push(
      createMailTransport(mail, secrets.smtpPassword).send({
        recipient: recipients.address,
        subject: subjectOf(news),
        text: news.text,
      }),
    )
  if (recipients.webhook) ways.push(post(recipients.webhook, news))
  const failed = (await Promise.allSettled(ways)).filter((way) => way.status === 'rejected')
  for (const { reason } of failed) logger.error(reason, 'an alert was not taken')
  if (failed.length > 0 && failed.length === ways.length) throw failed[0]?.reason
}

export function composeNews(raised: Alert[], cleared: string[], standing: Alert[]): AlertNews {
  const blocks = [
    ...raised.map(({ code, sentence, remedy }) => `${code}: ${sentence}\nRemedy: ${remedy}`),
    ...cleared.map((code) => `${code} is over.`),
  ]
  return { text: `${blocks.join('\n\n')}\n`, raised, cleared, standing }
}

function subjectOf({ raised, cleared, standing }: AlertNews): string {
  if (raised.length > 0) return `Finity backups: ${raised.map(({ code }) => code).join(', ')}`
  return `Finity backups: ${cleared.join(', ')} over${standing.length > 0 ? ', others stand' : ', all is well'}`
}

async function post(url: string, news: AlertNews): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(news),
    signal: AbortSignal.timeout(webhookLimitMs),
  })
  if (!answer.ok) throw new Error(`the webhook answered ${answer.status}`)
}

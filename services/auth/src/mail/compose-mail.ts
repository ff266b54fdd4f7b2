import type { ComposedMail } from '@finity/kit/mail/smtp-transport.ts'
import type { MailContext } from './mail-context.ts'
import { english, type MessageFacts } from './messages.ts'
import type { MailKind, OutboxMail } from './outbox-store.ts'
import { renderHtml, renderText } from './render-message.ts'

type ComposeContext = Pick<MailContext, 'config' | 'accounts' | 'links'>

/** Mails with a link that opens something: what for, on which page, and which setting says how long. */
const secretLinks = {
  'verify-address': { purpose: 'verify', page: 'verify', lifetime: 'verifyLifetimeSeconds' },
  'reset-password': { purpose: 'reset', page: 'reset-password', lifetime: 'resetLifetimeSeconds' },
} as const

type SecretLink = (typeof secretLinks)[keyof typeof secretLinks]

/** The mail of an outbox row; null when its cause is gone. */
export async function composeMail(context: ComposeContext, mail: OutboxMail): Promise<ComposedMail | null> {
  const { frontendUrl } = context.config
  const secretLink = (secretLinks as Record<string, SecretLink>)[mail.kind]
  const link = secretLink && (await makeLink(context, mail.recipient, secretLink))
  if (link === null) return null

  const facts = { ...withoutControls(mail.facts), frontendUrl, ...link } as MessageFacts
  const message = english[mail.kind as MailKind](facts)
  // Mailboxes drop a mail whose id they have seen, but a second try has a new link, which makes the first one's useless.
  const id = link ? `${mail.id}.${mail.attempts}` : mail.id
  return {
    messageId: `<${id}@${new URL(frontendUrl).hostname}>`,
    recipient: link?.recipient ?? mail.recipient,
    subject: message.subject,
    text: renderText(message),
    html: renderHtml(message, english.language),
  }
}

/** The token is made now, so that none waits in the outbox; in the fragment it reaches no server's log and no Referer. */
async function makeLink(
  { config, accounts, links }: ComposeContext,
  recipient: string,
  { purpose, page, lifetime }: SecretLink,
): Promise<(Pick<MessageFacts, 'link' | 'lifetimeSeconds'> & { recipient: string }) | null> {
  const account = await accounts.findAccountByEmail(recipient)
  if (!account?.isActive || (purpose === 'verify' && account.isVerified)) return null
  const token = await links.issue(account.id, purpose)
  return {
    // As the account spells it: to a mail server, what a visitor wrote may be another mailbox.
    recipient: account.email,
    link: `${config.frontendUrl}/${page}#token=${token}`,
    lifetimeSeconds: config.links[lifetime],
  }
}

/** Device names are what a stranger's browser says: no line of theirs becomes a header, no mark turns the text around. */
function withoutControls(facts: unknown): Record<string, string> {
  const entries = Object.entries(facts as Record<string, string>)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')]),
  )
}

import { expect, test } from 'vitest'
import type { MailKind } from '../../src/mail/outbox-store.ts'
import { sendDueMails } from '../../src/mail/send-due-mails.ts'
import { linksTo } from '../support/mail-server.ts'
import { aNotice, deed, recipient, startMailer } from './start-mailer.ts'

test.each([
  ['verify-address', 'verify', 'https://finity.example/verify#token=verify-token-1'],
  ['reset-password', 'reset-password', 'https://finity.example/reset-password#token=reset-token-1'],
] as const)('puts one link into both halves of a mail, below the configured address: %s', async (kind, page, link) => {
  const mailer = await startMailer()
  await mailer.write({ kind, recipient })

  await sendDueMails(mailer.context)

  expect(mailer.server.mails.map((mail) => linksTo(page, mail))).toEqual([{ text: [link], html: [link] }])
})

test.each([
  'already-registered',
  'new-sign-in',
  'password-changed',
] as const)('links to the page that asks for a new password, in both halves of a mail: %s', async (kind) => {
  const mailer = await startMailer()
  await mailer.write(kind === 'already-registered' ? { kind, recipient } : { kind, recipient, facts: deed })

  await sendDueMails(mailer.context)

  const link = 'https://finity.example/forgot-password'
  expect(mailer.server.mails.map((mail) => linksTo('forgot-password', mail))).toEqual([
    { text: [link], html: [link] },
  ])
})

test.each([
  ['verify-address', 7_200, '2 hours'],
  ['reset-password', 1_800, '30 minutes'],
  ['verify-address', 86_400, '1 day'],
  ['reset-password', 61, '61 seconds'],
] as const)('says how long the link of a mail works: %s, %s seconds', async (kind, seconds, words) => {
  const mailer = await startMailer({
    VERIFY_LINK_LIFETIME_SECONDS: String(seconds),
    RESET_LINK_LIFETIME_SECONDS: String(seconds),
  })
  await mailer.write({ kind, recipient })

  await sendDueMails(mailer.context)

  expect(mailer.server.mails[0]?.text).toContain(`The link works for ${words}.`)
})

test('says by which device, from where and when in UTC something was done', async () => {
  const mailer = await startMailer()
  await mailer.write({ kind: 'new-sign-in', recipient, facts: deed })

  await sendDueMails(mailer.context)

  const [mail] = mailer.server.mails
  const [device, address, time] = [
    'Device: Firefox on Linux',
    'Network address: 192.0.2.7',
    'Time: Monday, 23 November 2026 at 13:34 UTC',
  ]
  expect(mail?.subject).toBe('New sign-in: Firefox on Linux')
  expect(mail?.text).toContain([device, address, time].join('\n'))
  expect(mail?.html).toContain([device, address, time].join('<br>'))
})

test('tells the old address which one follows it, and promises it no way back that does not exist', async () => {
  const mailer = await startMailer()
  await mailer.write({
    kind: 'address-changed',
    recipient,
    facts: { ...deed, newAddress: 'new@example.com' },
  })

  await sendDueMails(mailer.context)

  const [mail] = mailer.server.mails
  expect(mailer.server.recipients).toEqual([recipient])
  expect(mail?.text).toContain('new@example.com')
  expect(mail?.text).not.toContain('/forgot-password')
})

test('shows a hostile device name as what it is: no markup, no header, no second recipient', async () => {
  const mailer = await startMailer()
  const device = "\"><img src=x onerror=alert(1)>\r\nBcc: eve@example.com\r\n\r\n\u202eevil & 'co'"
  await mailer.write({ kind: 'new-sign-in', recipient, facts: { ...deed, device } })

  await sendDueMails(mailer.context)

  const [mail] = mailer.server.mails
  expect(mailer.server.recipients).toEqual([recipient])
  expect(mail?.bcc).toBeUndefined()
  expect(mail?.subject).toBe(`New sign-in: "><img src=x onerror=alert(1)> Bcc: eve@example.com evil & 'co'`)
  expect(mail?.text).toContain("\nDevice: \"><img src=x onerror=alert(1)> Bcc: eve@example.com evil & 'co'\n")
  expect(mail?.html).toContain('&quot;&gt;&lt;img src=x onerror=alert(1)&gt; Bcc')
  expect(mail?.html).not.toContain('<img')
})

test('sends to nobody but the one address of a mail, whatever that contains', async () => {
  const mailer = await startMailer()
  await mailer.write({ ...aNotice, recipient: 'ada@example.com, eve@example.com' })

  await sendDueMails(mailer.context)

  expect(mailer.server.recipients).not.toContain('eve@example.com')
  expect(mailer.server.mails).toEqual([])
})

test('sends a link to the address as the account has it, not as a visitor spelled it', async () => {
  const mailer = await startMailer()
  await mailer.write({ kind: 'reset-password', recipient: recipient.toUpperCase() })

  await sendDueMails(mailer.context)

  expect(mailer.server.recipients).toEqual([recipient])
})

test('marks mails as sent by a machine, in the configured name', async () => {
  const mailer = await startMailer({ SMTP_FROM: 'Team of Finity <team@finity.example>' })
  await mailer.write(aNotice)

  await sendDueMails(mailer.context)

  const [mail] = mailer.server.mails
  expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
  expect(mail?.from?.value).toEqual([{ name: 'Team of Finity', address: 'team@finity.example' }])
})

const ada = { id: 'id-of-ada', email: recipient, isActive: true, isVerified: false }

test.each<[string, MailKind & ('verify-address' | 'reset-password'), typeof ada | null]>([
  ['the account is gone', 'verify-address', null],
  ['the account is gone', 'reset-password', null],
  ['the account is closed', 'verify-address', { ...ada, isActive: false }],
  ['the account is closed', 'reset-password', { ...ada, isActive: false }],
  ['the address is confirmed already', 'verify-address', { ...ada, isVerified: true }],
])('drops a mail without a word when %s: %s', async (_case, kind, account) => {
  const mailer = await startMailer()
  await mailer.write({ kind, recipient })
  mailer.account = account

  const sent = await sendDueMails(mailer.context)

  expect(sent).toBe(0)
  expect(mailer.server.connections).toBe(0)
  expect(await mailer.rows()).toEqual([])
  expect(mailer.log()).toBe('')
})

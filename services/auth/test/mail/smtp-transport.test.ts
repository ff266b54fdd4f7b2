import type { MailSettings } from '@finity/kit/mail/mail-settings.ts'
import { createMailTransport, type MailTransport } from '@finity/kit/mail/smtp-transport.ts'
import { expect, onTestFinished, test } from 'vitest'
import { isRefusedForGood } from '../../src/mail/smtp-failure.ts'
import { MailServer, type MailServerOptions } from '../support/mail-server.ts'

const mail = {
  messageId: '<1@finity.example>',
  recipient: 'ada@example.com',
  subject: 'Hello',
  text: 'Hello',
  html: '<p>Hello</p>',
}

async function aServer(options: MailServerOptions = {}): Promise<MailServer> {
  const server = await MailServer.start(options)
  onTestFinished(() => server.close())
  return server
}

function transportTo(
  { port }: MailServer,
  settings: Partial<MailSettings>,
  password?: string,
): MailTransport {
  const from = 'no-reply@finity.example'
  const all: MailSettings = { host: '127.0.0.1', port, user: null, security: 'none', from, ...settings }
  return createMailTransport(all, password ?? null)
}

test('sends neither a mail nor a password in plain text when TLS is demanded and not offered', async () => {
  const server = await aServer({ login: { user: 'finity', password: 'right' }, tls: 'none' })

  const sending = transportTo(server, { security: 'starttls', user: 'finity' }, 'right').send(mail)

  await expect(sending).rejects.toMatchObject({ code: 'ETLS' })
  expect(server.passwords).toEqual([])
  expect(server.recipients).toEqual([])
})

test.each([
  'starttls',
  'tls',
] as const)('trusts no certificate that nobody vouches for: %s', async (security) => {
  const server = await aServer({ login: { user: 'finity', password: 'right' }, tls: security })

  const sending = transportTo(server, { security, user: 'finity' }, 'right').send(mail)

  await expect(sending).rejects.toMatchObject({ message: expect.stringContaining('certificate') })
  expect(server.passwords).toEqual([])
  expect(server.recipients).toEqual([])
})

test('logs in where the server wants it', async () => {
  const server = await aServer({ login: { user: 'finity', password: 'right' } })

  await transportTo(server, { user: 'finity' }, 'right').send(mail)

  expect(server.mails).toHaveLength(1)
})

test('fails when the login is wrong', async () => {
  const server = await aServer({ login: { user: 'finity', password: 'right' } })

  const sending = transportTo(server, { user: 'finity' }, 'wrong').send(mail)

  await expect(sending).rejects.toMatchObject({ code: 'EAUTH', responseCode: 535 })
  expect(server.mails).toEqual([])
})

test('waits no longer than seconds for a server that says nothing', async () => {
  const server = await aServer()
  server.hang()
  const startedAt = performance.now()

  const sending = transportTo(server, {}).send(mail)

  await expect(sending).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  expect(performance.now() - startedAt).toBeLessThan(8_000)
})

test.each([
  ['RCPT TO', 550, true],
  ['RCPT TO', 559, true],
  ['DATA', 554, true],
  ['RCPT TO', 501, true],
  ['DATA', 501, false],
  ['RCPT TO', 503, false],
  ['DATA', 530, false],
  ['RCPT TO', 560, false],
  ['RCPT TO', 450, false],
  ['MAIL FROM', 550, false],
  ['AUTH PLAIN', 535, false],
])('knows whether an answer to %s is for good: %s', (command, smtpCode, isForGood) => {
  expect(isRefusedForGood({ code: 'EENVELOPE', command, smtpCode })).toBe(isForGood)
})

import { bringBack, takeAway } from '@finity/kit/testing/test-database.ts'
import { expect, onTestFinished, test } from 'vitest'
import { type MailSender, runMailSender } from '../../src/mail/run-mail-sender.ts'
import { aNotice, type Mailer, startMailer } from './start-mailer.ts'

const never = { pollMs: 1_000_000 }
const often = { pollMs: 10 }
const patiently = { timeout: 10_000 }

function aSender({ context }: Mailer, options: { pollMs: number }): MailSender {
  const sender = runMailSender(context, options)
  onTestFinished(sender.stop)
  return sender
}

test('sends a mail at once when it is woken', async () => {
  const mailer = await startMailer()
  const sender = aSender(mailer, never)
  await mailer.write(aNotice)

  sender.wake()

  await expect.poll(() => mailer.server.mails.length, patiently).toBe(1)
})

test('misses no mail that is written at the end of a look into the outbox', async () => {
  const mailer = await startMailer()
  const { claimDueMail } = mailer.context.outbox
  let isWritten = false
  mailer.context.outbox.claimDueMail = async (...parts) => {
    const mail = await claimDueMail(...parts)
    if (!isWritten) {
      isWritten = true
      await mailer.write(aNotice)
      sender.wake()
    }
    return mail
  }

  const sender = aSender(mailer, never)

  await expect.poll(() => mailer.server.mails.length, patiently).toBe(1)
})

test('finds by itself what was written elsewhere', async () => {
  const mailer = await startMailer()
  aSender(mailer, often)

  await mailer.write(aNotice)

  await expect.poll(() => mailer.server.mails.length, patiently).toBe(1)
})

test('sends nothing without SMTP_HOST, says once how to change that, and lets mails wait', async () => {
  const mailer = await startMailer({ SMTP_HOST: '' })
  await mailer.write(aNotice)
  const sender = runMailSender(mailer.context, often)

  sender.wake()
  await sender.stop()

  expect(await mailer.rows()).toMatchObject([{ attempts: 0, failedAt: null }])
  expect(JSON.parse(mailer.log())).toMatchObject({
    level: 'warn',
    msg: expect.stringContaining('set SMTP_HOST'),
  })
})

test('says once that the database is away, and sends when it is back', async () => {
  const mailer = await startMailer()
  const count = (words: string) => mailer.log().split(words).length - 1
  await mailer.write(aNotice)
  await takeAway(mailer.database)
  let looks = 0
  const { claimDueMail } = mailer.context.outbox
  mailer.context.outbox.claimDueMail = (...parts) => {
    looks += 1
    return claimDueMail(...parts)
  }

  aSender(mailer, often)
  await expect.poll(() => looks, patiently).toBeGreaterThan(3)
  await bringBack(mailer.database)

  await expect.poll(() => mailer.server.mails.length, patiently).toBe(1)
  await expect.poll(() => count('mails are sent again'), patiently).toBe(1)
  expect(count('cannot read the outbox')).toBe(1)
})

test('finishes the mail in hand when it is stopped, and begins no other', async () => {
  const mailer = await startMailer()
  const release = mailer.server.hang()
  await mailer.write(aNotice, aNotice)
  const sender = aSender(mailer, never)
  await expect.poll(() => mailer.server.connections, patiently).toBe(1)

  const stopped = sender.stop()
  release()
  await stopped

  expect(mailer.server.mails).toHaveLength(1)
  expect(await mailer.rows()).toMatchObject([{ attempts: 0 }])
})

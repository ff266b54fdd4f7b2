import { expect, test } from 'vitest'
import { sendDueMails } from '../../src/mail/send-due-mails.ts'
import { linksTo } from '../support/mail-server.ts'
import { aNotice, type Mailer, recipient, startMailer } from './start-mailer.ts'

const minute = 60_000
const hour = 60 * minute

function pass(mailer: Mailer, milliseconds: number): void {
  mailer.now = new Date(mailer.now.getTime() + milliseconds)
}

/** Lets the clock pass to the moment when the first mail is tried next; says how long that was. */
async function passToNextTry(mailer: Mailer): Promise<number> {
  const [row] = await mailer.rows()
  const wait = (row?.dueAt.getTime() ?? 0) - mailer.now.getTime()
  pass(mailer, wait)
  return wait
}

test('sends everything that is due, oldest first, and forgets it', async () => {
  const mailer = await startMailer()
  for (const device of ['first', 'second', 'third']) {
    await mailer.write({ kind: 'new-sign-in', recipient, facts: { ...aNotice.facts, device } })
    pass(mailer, 1)
  }

  const sent = await sendDueMails(mailer.context)

  expect(sent).toBe(3)
  expect(mailer.server.mails.map(({ subject }) => subject)).toEqual(
    ['first', 'second', 'third'].map((device) => `New sign-in: ${device}`),
  )
  expect(await mailer.rows()).toEqual([])
  expect(mailer.results).toEqual(['sent', 'sent', 'sent'])
})

test('sends a mail once the server is back, and only once', async () => {
  const mailer = await startMailer()
  await mailer.write(aNotice)
  mailer.server.refusal = { at: 'recipient', code: 451 }
  const sentAtFirst = await sendDueMails(mailer.context)
  mailer.server.refusal = null
  pass(mailer, 1_000)

  const sentLater = [await sendDueMails(mailer.context), await sendDueMails(mailer.context)]

  expect([sentAtFirst, ...sentLater]).toEqual([0, 1, 0])
  expect(mailer.server.mails).toHaveLength(1)
  expect(mailer.results).toEqual(['failed', 'sent'])
})

test('waits longer with each failure, at most a quarter of an hour', async () => {
  const mailer = await startMailer()
  await mailer.write(aNotice)
  mailer.server.refusal = { at: 'message', code: 451 }

  const waits: number[] = []
  for (let attempt = 1; attempt <= 13; attempt += 1) {
    await sendDueMails(mailer.context)
    waits.push(await passToNextTry(mailer))
  }

  for (const [index, wait] of waits.entries()) {
    const longest = Math.min(1_000 * 2 ** index, 15 * minute)
    expect(wait).toBeGreaterThanOrEqual(longest / 2)
    expect(wait).toBeLessThanOrEqual(longest)
  }
  expect(mailer.server.recipients).toHaveLength(13)
})

test.each([
  'recipient',
  'message',
] as const)('gives up a mail when the server refuses the %s for good', async (at) => {
  const mailer = await startMailer()
  await mailer.write(aNotice)
  mailer.server.refusal = { at, code: 550 }

  await sendDueMails(mailer.context)
  mailer.server.refusal = null
  pass(mailer, hour)
  await sendDueMails(mailer.context)

  expect(mailer.server.recipients).toHaveLength(1)
  expect(await mailer.rows()).toMatchObject([{ failedAt: expect.any(Date), attempts: 1 }])
  expect(mailer.results).toEqual(['given-up'])
  expect(JSON.parse(mailer.log())).toMatchObject({
    level: 'error',
    kind: 'password-changed',
    attempt: 1,
    smtpCode: 550,
  })
})

test('keeps trying when the server refuses not the recipient but us, which an operator can mend', async () => {
  const mailer = await startMailer()
  await mailer.write(aNotice)
  mailer.server.refusal = { at: 'sender', code: 550 }

  await sendDueMails(mailer.context)

  expect(await mailer.rows()).toMatchObject([{ failedAt: null }])
  expect(mailer.results).toEqual(['failed'])
})

test('gives up a mail that failed for two days', async () => {
  const mailer = await startMailer()
  await mailer.write(aNotice)
  mailer.server.refusal = { at: 'message', code: 451 }
  pass(mailer, 48 * hour)
  await sendDueMails(mailer.context)
  const before = await mailer.rows()

  await passToNextTry(mailer)
  await sendDueMails(mailer.context)

  expect(before).toMatchObject([{ failedAt: null }])
  expect(await mailer.rows()).toMatchObject([{ failedAt: mailer.now }])
})

test('loses nothing when a sender dies with a mail in hand: another sends it a minute later', async () => {
  const mailer = await startMailer()
  const died = new Promise<never>(() => {})
  await mailer.write(aNotice)
  const claimed = Promise.withResolvers<void>()
  void sendDueMails({
    ...mailer.context,
    mailTransport: {
      send() {
        claimed.resolve()
        return died
      },
    },
  })
  await claimed.promise

  const sentAtOnce = await sendDueMails(mailer.context)
  pass(mailer, minute)
  const sentLater = await sendDueMails(mailer.context)

  expect([sentAtOnce, sentLater]).toEqual([0, 1])
  expect(mailer.server.mails).toHaveLength(1)
})

test('sends each mail once when several senders are at work', async () => {
  const mailer = await startMailer()
  const devices = Array.from({ length: 30 }, (_, index) => `device ${index}`)
  await mailer.write(
    ...devices.map(
      (device) => ({ kind: 'new-sign-in', recipient, facts: { ...aNotice.facts, device } }) as const,
    ),
  )
  // Each sender has its connection to the database by then, so they reach for the same row at the same moment.
  const senders = Array.from({ length: 10 }, () => mailer.context)
  await Promise.all(senders.map(() => mailer.rows()))

  const sent = await Promise.all(senders.map((context) => sendDueMails(context)))

  expect(sent.filter((count) => count > 0).length).toBeGreaterThan(1)
  expect(mailer.server.mails.map(({ subject }) => subject).sort()).toEqual(
    devices.map((device) => `New sign-in: ${device}`).sort(),
  )
})

test('names a mail after its row, so that one which is sent again is known', async () => {
  const mailer = await startMailer()
  await mailer.write(aNotice)
  const removeMail = async () => {
    throw new Error('the process dies here')
  }
  const dying = { ...mailer.context, outbox: { ...mailer.context.outbox, removeMail } }
  await expect(sendDueMails(dying)).rejects.toThrow()
  pass(mailer, minute)

  await sendDueMails(mailer.context)

  const [first, second] = mailer.server.mails
  expect(first?.messageId).toMatch(/^<[0-9a-f-]{36}@finity\.example>$/)
  expect(second?.messageId).toBe(first?.messageId)
})

test('makes a new link with each try, in a mail that no mailbox drops as a duplicate', async () => {
  const mailer = await startMailer()
  await mailer.write({ kind: 'reset-password', recipient })
  mailer.server.refusal = { at: 'message', code: 451 }
  await sendDueMails(mailer.context)
  mailer.server.refusal = null
  pass(mailer, 1_000)

  await sendDueMails(mailer.context)

  const [mail] = mailer.server.mails
  expect(mail && linksTo('reset-password', mail).text).toEqual([
    'https://finity.example/reset-password#token=reset-token-2',
  ])
  expect(mail?.messageId).toMatch(/^<[0-9a-f-]{36}\.2@finity\.example>$/)
})

test('writes no address and no token into the log, though the server repeats them', async () => {
  const mailer = await startMailer()
  await mailer.write({ kind: 'verify-address', recipient }, { kind: 'reset-password', recipient }, aNotice)
  for (const code of [451, 550]) {
    mailer.server.refusal = { at: 'recipient', code }
    await sendDueMails(mailer.context)
    pass(mailer, hour)
  }

  const log = mailer.log()

  expect(log.trim().split('\n')).toHaveLength(6)
  expect(log).not.toMatch(/example|token|@|192\.0\.2/)
})

test('keeps a mail of a kind that it does not know for a newer release', async () => {
  const mailer = await startMailer()
  await mailer.write({ ...aNotice, kind: 'of-tomorrow' as 'password-changed' })

  const sent = await sendDueMails(mailer.context)

  expect(sent).toBe(0)
  expect(await mailer.rows()).toMatchObject([{ failedAt: null, attempts: 1 }])
})

test('waits by chance, so that mails which failed together do not come back together', async () => {
  const mailer = await startMailer()
  await mailer.write(...Array.from({ length: 10 }, () => aNotice))
  mailer.server.refusal = { at: 'message', code: 451 }

  await sendDueMails(mailer.context)

  const dueTimes = (await mailer.rows()).map(({ dueAt }) => dueAt.getTime())
  expect(new Set(dueTimes).size).toBeGreaterThan(1)
})

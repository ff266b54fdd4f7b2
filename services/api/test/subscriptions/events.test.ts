import { once } from 'node:events'
import { connect } from 'node:net'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aFakeStripe, anEvent, signatureOf } from '../support/fake-stripe.ts'
import { startApi } from '../support/start-api.ts'
import { aSuperuser, deliver, deliverBody } from '../support/subscriptions.ts'

const stripe = await aFakeStripe()
const api = await startApi({ environment: stripe.environment })
const superuser = await aSuperuser(api)
const minute = 60_000

type EventPage = {
  items: { id: string; kind: string; customer_id: string | null; handled_at: string | null }[]
  next_cursor: string | null
}

async function eventsOf(customerId: string): Promise<EventPage['items']> {
  const { body } = await api.send('/api/payment-events?limit=100', { token: superuser })
  return (body as EventPage).items.filter((event) => event.customer_id === customerId)
}

test('records a signed event, to be handled', async () => {
  const answer = await deliver(api, 'cus_signed', { id: 'evt_signed' })

  const events = await eventsOf('cus_signed')
  expect(answer.status).toBe(204)
  expect(events).toMatchObject([
    { id: 'evt_signed', kind: 'customer.subscription.updated', handled_at: null },
  ])
})

test('records an event once, however often and at once it comes', async () => {
  const body = anEvent('cus_often', { id: 'evt_often' })

  const answers = await Promise.all(Array.from({ length: 20 }, () => deliverBody(api, body)))

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
  expect(await eventsOf('cus_often')).toHaveLength(1)
  expect(await api.metrics()).toMatch(/api_payment_events_total\{result="duplicate"/)
})

test('records events of kinds that it does not know, and does nothing about them', async () => {
  await deliver(api, 'cus_tea', { type: 'tea.ready' })

  const [event] = await eventsOf('cus_tea')

  expect(event).toMatchObject({ kind: 'tea.ready', handled_at: expect.any(String) })
})

test('records events that are about no customer', async () => {
  const body = anEvent('', { id: 'evt_balance', type: 'invoice.paid', object: { object: 'invoice' } })

  const answer = await deliverBody(api, body)

  expect(answer.status).toBe(204)
})

test.each<[string, (body: string) => { body: string; signature: string }]>([
  ['without a signature', (body) => ({ body, signature: '' })],
  ['with a signature that is none', (body) => ({ body, signature: 't=1,v1=' })],
  [
    'signed with another secret',
    (body) => ({ body, signature: signatureOf(body, { secret: 'whsec_other' }) }),
  ],
  [
    'changed after it was signed',
    (body) => ({ body: body.replace('evt', 'evT'), signature: signatureOf(body) }),
  ],
  ['cut short', (body) => ({ body: body.slice(0, -2), signature: signatureOf(body) })],
  [
    'sent six minutes ago',
    (body) => ({ body, signature: signatureOf(body, { sentAt: new Date(Date.now() - 6 * minute) }) }),
  ],
  [
    'with the time of its signature changed',
    (body) => ({
      body,
      signature: signatureOf(body).replace(/t=\d+/, `t=${Math.floor(Date.now() / 1_000) + 1}`),
    }),
  ],
  ['that is no JSON, unsigned', () => ({ body: 'tea', signature: '' })],
])('refuses an event %s, and records nothing', async (_case, forge) => {
  const { body, signature } = forge(anEvent('cus_forged'))

  const answer = await deliverBody(api, body, signature)

  expectProblem(answer, 400, 'SIGNATURE_INVALID')
  expect(await eventsOf('cus_forged')).toEqual([])
})

test('takes an event that was on its way for four minutes', async () => {
  const body = anEvent('cus_late')
  const signature = signatureOf(body, { sentAt: new Date(Date.now() - 4 * minute) })

  const answer = await deliverBody(api, body, signature)

  expect(answer.status).toBe(204)
})

test('takes an event that is signed with the old and the new secret, while they change', async () => {
  const body = anEvent('cus_rolled')
  const [, old] = signatureOf(body, { secret: 'whsec_old' }).split(',')

  const answer = await deliverBody(api, body, `${signatureOf(body)},${old}`)

  expect(answer.status).toBe(204)
})

test.each([
  ['no JSON', 'tea'],
  ['null', 'null'],
  ['a list', '[]'],
  ['no event', '{"object":"customer","id":"cus_1"}'],
  ['nested too deep to be one', `{"data":${'['.repeat(20_000)}`],
])('refuses what is signed and is %s', async (_case, body) => {
  const answer = await deliverBody(api, body)

  expectProblem(answer, 400, 'EVENT_UNREADABLE')
})

test('refuses a body of more than a megabyte without reading on', async () => {
  const answer = await deliverBody(api, 'x'.repeat(1_000_001))

  expectProblem(answer, 413, 'BODY_TOO_LARGE')
})

test('records nothing of an event whose sender leaves in the middle', async () => {
  const body = anEvent('cus_left')
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1')

  socket.end(
    `POST /api/webhooks/stripe HTTP/1.1\r\nHost: api\r\nStripe-Signature: ${signatureOf(body)}\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body.slice(0, 100)}`,
  )
  await once(socket.resume(), 'close')

  expect(await eventsOf('cus_left')).toEqual([])
})

test('shows the events page by page, newest first, each once', async () => {
  for (const id of ['evt_page_1', 'evt_page_2', 'evt_page_3']) await deliver(api, 'cus_pages', { id })

  const pages: EventPage[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { body } = await api.send(`/api/payment-events?limit=2${cursor && `&cursor=${cursor}`}`, {
      token: superuser,
    })
    pages.push(body as EventPage)
    cursor = (body as EventPage).next_cursor
  }

  const ids = pages.flatMap(({ items }) => items.map(({ id }) => id))
  expect(ids.filter((id) => id.startsWith('evt_page'))).toEqual(['evt_page_3', 'evt_page_2', 'evt_page_1'])
  expect(new Set(ids).size).toBe(ids.length)
})

test.each([
  ['see the events', 'GET', '/api/payment-events'],
  ['have one handled again', 'POST', '/api/payment-events/evt_signed/replay'],
])('lets superusers alone %s', async (_case, method, path) => {
  const answer = await api.send(path, { method, token: await api.issuer.sign(crypto.randomUUID()) })

  expectProblem(answer, 403, 'Forbidden')
})

test('knows no event that never came', async () => {
  const answer = await api.send('/api/payment-events/evt_none/replay', { method: 'POST', token: superuser })

  expectProblem(answer, 404, 'PAYMENT_EVENT_NOT_FOUND')
})

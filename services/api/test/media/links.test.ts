import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aStranger } from '../support/documents.ts'
import { aMedium, aSession, fetchBytes, readMedium } from '../support/media.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const hour = 3_600_000

/** The link with one value of its query changed. */
function altered(link: string, name: string, value: string | null): string {
  const url = new URL(link, 'http://x')
  if (value === null) url.searchParams.delete(name)
  else url.searchParams.set(name, value)
  return url.pathname + url.search
}

async function aLink(): Promise<{
  link: string
  other: string
  id: string
  token: string
  sessionId: string
}> {
  const { token, sessionId } = await aSession(api)
  const { id, links } = await aMedium(api, token)
  return { id, token, sessionId, link: links.content, other: (await aMedium(api, token)).links.content }
}

test('opens a file without a token', async () => {
  const { link } = await aLink()

  const { status, bytes } = await fetchBytes(api, link)

  expect([status, bytes.toString()]).toEqual([200, 'text'])
})

test('is the same for an hour, so that a browser keeps what it got by it', async () => {
  const { token, id } = await aLink()
  api.setClock(new Date('2030-01-01T10:00:00.001Z'))
  const first = await readMedium(api, token, id)

  api.setClock(new Date('2030-01-01T11:00:00.000Z'))
  const second = await readMedium(api, token, id)
  api.setClock(null)

  expect(second.links).toEqual(first.links)
})

test.each([
  ['works', 3_599, 200],
  ['is over', 7_201, 401],
])('%s %i seconds after it was given', async (_case, seconds, status) => {
  const { link } = await aLink()

  api.setClock(new Date(Date.now() + seconds * 1_000))
  const answer = await api.send(link)
  api.setClock(null)

  expect(answer.status).toBe(status)
})

test.each(['signature', 'expires', 'session'])('opens nothing without its %s', async (name) => {
  const { link } = await aLink()

  const answer = await api.send(altered(link, name, null))

  expectProblem(answer, 401, 'Unauthorized')
})

test.each([
  ['a later end', 'expires', () => String(Math.floor((Date.now() + 24 * hour) / 1_000))],
  ['an end that is no number', 'expires', () => 'Infinity'],
  ['another session', 'session', () => '0b9d3f1e-7c1c-4c62-9a55-3c6f8a0c7d11'],
  ['a signature of nothing', 'signature', () => ''],
  ['a signature of zeros', 'signature', () => 'A'.repeat(43)],
  ['a signature that is too long', 'signature', () => 'A'.repeat(5_000)],
])('opens nothing with %s', async (_case, name, value) => {
  const { link } = await aLink()

  const answer = await api.send(altered(link, name, value()))

  expectProblem(answer, 401, 'Unauthorized')
})

test('opens nothing with the signature of another medium', async () => {
  const { link, other } = await aLink()
  const signature = new URL(other, 'http://x').searchParams.get('signature')

  const answer = await api.send(altered(link, 'signature', signature))

  expectProblem(answer, 401, 'Unauthorized')
})

test.each(['thumbnail', 'medium'])('of the file opens no %s', async (variant) => {
  const { link } = await aLink()

  const answer = await api.send(link.replace('/content?', `/${variant}?`))

  expectProblem(answer, 401, 'Unauthorized')
})

test('opens nothing once its session has ended', { timeout: 15_000 }, async () => {
  const { link, sessionId } = await aLink()

  api.issuer.endSession(sessionId)

  await expect.poll(async () => (await fetchBytes(api, link)).status, { timeout: 10_000 }).toBe(401)
})

test('opens nothing once the medium is deleted', async () => {
  const { link, id, token } = await aLink()
  await api.send(`/api/media/${id}`, { method: 'DELETE', token })

  const answer = await api.send(link)

  expectProblem(answer, 404, 'MEDIA_NOT_FOUND')
})

test('is for the one file: it does not open what is known of the medium', async () => {
  const { link, id } = await aLink()

  const answer = await api.send(`/api/media/${id}?${link.split('?')[1]}`)

  expectProblem(answer, 401, 'Unauthorized')
})

test.each(['content', 'thumbnail', 'medium'])("does not give an account's %s to another", async (part) => {
  const { id } = await aLink()

  const answer = await api.send(`/api/media/${id}/${part}`, { token: await aStranger(api) })

  expectProblem(answer, 404, 'MEDIA_NOT_FOUND')
})

test('is in no line of the log', async () => {
  const { link } = await aLink()
  const signature = new URL(link, 'http://x').searchParams.get('signature') ?? ''

  await fetchBytes(api, link)

  await expect.poll(() => api.log()).toContain(`"path":"${link.split('?')[0]}"`)
  expect(api.log()).not.toContain(signature)
})

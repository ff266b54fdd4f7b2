import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aStranger } from '../support/documents.ts'
import { aMedium, aPicture, bytesOf, fetchBytes } from '../support/media.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const edge = await startApi({ environment: { MEDIA_SENT_BY: 'edge' } })
const token = await aStranger(api)
const text = 'The quick brown fox'
const { id, links } = await aMedium(api, token, text, { name: 'fox.txt' })
const etag = `"${createHash('sha256').update(text).digest('hex')}"`

const get = (headers: Record<string, string> = {}) => fetchBytes(api, links.content, headers)

test('sends a file with its type, its length and its ETag', async () => {
  const answer = await get()

  expect(answer).toMatchObject({ status: 200, bytes: Buffer.from(text) })
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(text.length),
    'accept-ranges': 'bytes',
    etag,
  })
})

test('sends a file to its owner by token too', async () => {
  const answer = await fetchBytes(api, `/api/media/${id}/content`, { authorization: `Bearer ${token}` })

  expect(answer).toMatchObject({ status: 200, bytes: Buffer.from(text) })
})

test('lets the browser of one person keep it, and give it to no other account', async () => {
  const { headers } = await get()

  expect(headers.get('cache-control')).toBe('private, max-age=3600')
  expect(headers.get('vary')).toContain('Authorization')
})

test('says of a file to who asks for its head only', async () => {
  const answer = await api.send(links.content, { method: 'HEAD' })

  expect(answer).toMatchObject({ status: 200, body: '' })
  expect(answer.headers.get('content-length')).toBe(String(text.length))
  expect(answer.headers.get('etag')).toBe(etag)
})

test.each([
  ['bytes=0-3', 'The ', 'bytes 0-3/19'],
  ['bytes=4-', text.slice(4), 'bytes 4-18/19'],
  ['bytes=-3', 'fox', 'bytes 16-18/19'],
  ['bytes=10-1000', text.slice(10), 'bytes 10-18/19'],
])('sends the part %s', async (range, part, contentRange) => {
  const answer = await get({ range })

  expect(answer).toMatchObject({ status: 206, bytes: Buffer.from(part) })
  expect(answer.headers.get('content-range')).toBe(contentRange)
})

test.each([
  'bytes=19-',
  'bytes=100-200',
  'bytes=-0',
])('refuses the part %s, which is beyond the end', async (range) => {
  const answer = await api.send(links.content, { headers: { range } })

  expectProblem(answer, 416, 'RANGE_NOT_SATISFIABLE')
  expect(answer.headers.get('content-range')).toBe(`bytes */${text.length}`)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.has('etag')).toBe(false)
})

test.each([
  'bytes=x',
  'lines=1-2',

  'bytes=0-1,3-4',
])('sends the whole for the range %s', async (range) => {
  const answer = await get({ range })

  expect(answer.status).toBe(200)
  expect(answer.bytes.toString()).toBe(text)
})

test.each([
  ['the same', etag, 206],
  ['another', '"other"', 200],
])('goes on with a file that is %s as when it began', async (_case, ifRange, status) => {
  const answer = await get({ range: 'bytes=4-', 'if-range': ifRange })

  expect(answer.status).toBe(status)
})

test.each([
  etag,
  `"x", ${etag}`,
  `W/${etag}`,
  '*',
])('sends nothing to who has it already: %s', async (known) => {
  const answer = await get({ 'if-none-match': known })

  expect(answer).toMatchObject({ status: 304, bytes: Buffer.alloc(0) })
  expect(answer.headers.get('etag')).toBe(etag)
})

test('sends it to who has another', async () => {
  const answer = await get({ 'if-none-match': '"other"' })

  expect(answer.status).toBe(200)
})

test('refuses a part of what is another file by now', async () => {
  const answer = await api.send(links.content, { headers: { 'if-match': '"other"' } })

  expectProblem(answer, 412, 'PRECONDITION_FAILED')
})

test('shows pictures in place, unless a download is asked for', async () => {
  const picture = await aMedium(api, token, await aPicture(), { name: 'red.png' })

  const shown = await fetchBytes(api, picture.links.content)
  const downloaded = await fetchBytes(api, picture.links.download)

  expect(shown.headers.get('content-disposition')).toMatch(/^inline; /)
  expect(downloaded.headers.get('content-disposition')).toMatch(/^attachment; /)
})

test.each([
  ['fox.txt', `filename="fox.txt"; filename*=UTF-8''fox.txt`],
  ['Größe 50%.txt', `filename="Gr__e 50_.txt"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%2050%25.txt`],
  [`a"b;c'(d)*.txt`, `filename="a_b;c'(d)*.txt"; filename*=UTF-8''a%22b%3Bc%27%28d%29%2A.txt`],
  ['😀.txt', `filename="__.txt"; filename*=UTF-8''%F0%9F%98%80.txt`],
])('names a download as the medium is named: %s', async (name, disposition) => {
  const medium = await aMedium(api, token, 'x', { name })

  const { headers } = await fetchBytes(api, medium.links.download)

  expect(headers.get('content-disposition')).toBe(`attachment; ${disposition}`)
})

test('says nothing of a file that it has lost, and that it has lost it', async () => {
  const lost = await aMedium(api, token, 'lost')
  await rm(api.context.storage.pathOf(lost.id, 'original'))

  const answer = await api.send(lost.links.content)

  expect(answer.status).toBe(500)
  expect(Object.fromEntries(answer.headers)).toMatchObject({ 'cache-control': 'no-store' })
  expect(answer.headers.has('content-disposition')).toBe(false)
  expect(JSON.stringify(answer.body)).not.toContain(lost.id)
})

test.each([
  [
    'a picture that is an archive too',
    bytesOf(await aPicture(), 'PK\x05\x06', new Uint8Array(18)),
    'image/png',
  ],
  [
    'a picture that is a page too',
    bytesOf(await aPicture({ format: 'gif' }), '<script>alert(1)</script>'),
    'image/gif',
  ],
])('sends %s as the picture that it is, which runs nothing', async (_case, bytes, type) => {
  const { links } = await aMedium(api, token, bytes, { name: 'page.html' })

  const { headers } = await fetchBytes(api, links.content)

  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
})

test.each([
  ['a page', '<!doctype html><script>alert(1)</script>', 'a.html'],
  ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'a.svg'],
  ['XML', '<?xml version="1.0"?><x/>', 'a.xml'],
  ['a script', '#!/bin/sh\nrm -rf /\n', 'a.sh'],
])('sends %s as text, for download only', async (_case, text, name) => {
  const { links } = await aMedium(api, token, text, { name })

  const { headers } = await fetchBytes(api, links.content)

  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(headers.get('content-disposition')).toMatch(/^attachment;/)
})

test('leaves the sending to the edge where that is set, and says which file', async () => {
  const medium = await aMedium(edge, await aStranger(edge), text)

  const answer = await fetchBytes(edge, medium.links.content, { 'x-accel-redirect': '/etc/passwd' })

  expect(answer).toMatchObject({ status: 200, bytes: Buffer.alloc(0) })
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'x-accel-redirect': `/${medium.id.slice(-2)}/${medium.id}/original`,
    'content-type': 'text/plain; charset=utf-8',
    etag,
  })
})

import { createHash, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expectFault, expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { bringBack, takeAway } from '@finity/kit/testing/test-database.ts'
import { expect, test } from 'vitest'
import type { MediaRead } from '../../src/media/schemas.ts'
import { aStranger } from '../support/documents.ts'
import {
  aMedium,
  aPicture,
  type Bytes,
  fetchBytes,
  filesOf,
  namesOf,
  textBytes,
  upload,
} from '../support/media.ts'
import { aSlowUpload } from '../support/slow-upload.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi()
const token = await aStranger(api)
const patience = { timeout: 10_000 }

const countOriginals = async () =>
  (await filesOf(api.context.storage.root)).filter((name) => name === 'original').length

const digestOf = (text: string) => createHash('sha256').update(text).digest()
const contentDigest = (text: string) => ({
  'content-digest': `sha-256=:${digestOf(text).toString('base64')}:`,
})

test('keeps a file and says what it is and where', async () => {
  const answer = await upload(api, token, 'Hello', { name: 'hello.txt', altText: 'A greeting' })

  const { id } = answer.body as MediaRead
  expect(answer).toMatchObject({
    status: 201,
    body: {
      name: 'hello.txt',
      alt_text: 'A greeting',
      media_type: 'text/plain',
      size_bytes: 5,
      sha256: digestOf('Hello').toString('hex'),
      width: null,
      variant_state: 'none',
      deleted_at: null,
    },
  })
  expect(answer.headers.get('location')).toBe(`/api/media/${id}`)
})

test('has the bytes on the disk when it says so', async () => {
  const { id } = await aMedium(api, token, 'Hello')

  const kept = await readFile(api.context.storage.pathOf(id, 'original'), 'utf8')

  expect(kept).toBe('Hello')
})

test('gives back the bytes of a file that came in many pieces', async () => {
  const bytes = new Uint8Array(3_000_000).fill(0x61)
  const { links } = await aMedium(api, token, bytes)

  const answer = await fetchBytes(api, links.content)

  expect(Buffer.compare(answer.bytes, bytes)).toBe(0)
})

test.each([
  'jpeg',
  'png',
  'webp',
  'gif',
  'avif',
  'tiff',
] as const)('measures a picture: %s', async (format) => {
  const medium = await aMedium(api, token, await aPicture({ width: 40, height: 20, format }))

  expect(medium).toMatchObject({
    media_type: `image/${format}`,
    width: 40,
    height: 20,
    variant_state: 'pending',
  })
})

test('tells an office file from an archive although its mark comes late', async () => {
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  const file = zipOf({
    'word/media/large.bin': 'x'.repeat(100_000),
    '[Content_Types].xml': `<Types><Override ContentType="${type}.main+xml"/></Types>`,
  })

  const medium = await aMedium(api, token, file)

  expect(medium.media_type).toBe(type)
})

test('takes bytes that are as announced', async () => {
  const answer = await upload(api, token, 'Hello', { headers: contentDigest('Hello') })

  expect(answer.status).toBe(201)
})

test('takes a digest by an algorithm that it does not know for none', async () => {
  const answer = await upload(api, token, 'Hello', { headers: { 'content-digest': 'sha-512=:eA==:' } })

  expect(answer.status).toBe(201)
})

test.each([
  'sha-256=x',
  'sha-256=:eA==:',
  'sha-256',
  ':',
  'sha-256=:****:',
])('refuses the digest %s', async (digest) => {
  const answer = await upload(api, token, 'Hello', { headers: { 'content-digest': digest } })

  expectFault(answer, 'value_error', ['header', 'Content-Digest'])
})

test.each([
  ['Ünïcödé 😀 - (1).txt', 'Ünïcödé 😀 - (1).txt'],
  ['  spaces around.txt ', 'spaces around.txt'],
  ['A\u030a.txt', 'Å.txt'],
  ['שלום.txt', 'שלום.txt'],
  ['x'.repeat(255), 'x'.repeat(255)],
  ['.gitignore', '.gitignore'],
])('takes the name %s', async (name, kept) => {
  const medium = await aMedium(api, token, 'text', { name })

  expect(medium.name).toBe(kept)
})

test.each([
  ['a path upwards', '../../etc/passwd', 'value_error'],
  ['a path of Windows', String.raw`..\boot.ini`, 'value_error'],
  ['the folder itself', '.', 'value_error'],
  ['the folder above', '..', 'value_error'],
  ['a line break and a header', 'a\r\nSet-Cookie: x=1', 'value_error'],
  ['a mark that turns the text around', 'photo\u202egpj.exe', 'value_error'],
  ['a NUL', 'a\0.txt', 'value_error'],
  ['nothing', '', 'string_too_short'],
  ['only spaces', '   ', 'string_too_short'],
  ['more than 255 characters', 'x'.repeat(256), 'string_too_long'],
])('refuses as a name %s', async (_case, name, type) => {
  const owner = await aStranger(api)

  const answer = await upload(api, owner, 'text', { name })

  expectFault(answer, type, ['query', 'name'])
  expect(await namesOf(api, owner)).toEqual([])
})

test('asks for a name', async () => {
  const raw = { body: 'text', type: 'text/plain' }

  const answer = await api.send('/api/media', { token, raw })

  expectFault(answer, 'missing', ['query', 'name'])
})

test('makes one medium of the same upload sent twice, and gives the first answer again', async () => {
  const owner = await aStranger(api)
  const headers = { 'idempotency-key': randomUUID() }

  const first = await upload(api, owner, 'Hello', { headers })
  const second = await upload(api, owner, 'Hello', { headers })

  expect(second.body).toEqual(first.body)
  expect(second.headers.get('idempotency-replayed')).toBe('true')
  expect(await namesOf(api, owner)).toEqual(['a.bin'])
})

test('makes one medium of the same upload sent several times at once', async () => {
  const owner = await aStranger(api)
  const headers = { 'idempotency-key': randomUUID() }

  const answers = await Promise.all(
    Array.from({ length: 5 }, () => upload(api, owner, new Uint8Array(500_000).fill(0x61), { headers })),
  )

  const ids = answers.map(({ body }) => (body as MediaRead).id)
  expect(new Set(ids).size).toBe(1)
  expect(await namesOf(api, owner)).toEqual(['a.bin'])
})

test('refuses a key that was used for another file', async () => {
  const headers = { 'idempotency-key': randomUUID() }
  await upload(api, token, 'Hello', { headers })

  const answer = await upload(api, token, 'Hello again', { headers })

  expectProblem(answer, 422, { code: 'IDEMPOTENCY_KEY_REUSED' })
})

test('keeps an upload although the database is away when its last byte arrives', async () => {
  const sending = await aSlowUpload(api, token, 10)
  await sending.send(textBytes('Hello'))
  await expect
    .poll(() => api.query(`select 1 from media where state = 'uploading'`), patience)
    .toHaveLength(1)

  const before = await countOriginals()

  await takeAway(api.database)
  await sending.send(textBytes('again'))
  await expect.poll(countOriginals, patience).toBe(before + 1)
  await bringBack(api.database)

  const { status, body } = await sending.answer
  expect(status).toBe(201)
  expect((await fetchBytes(api, (body as MediaRead).links.content)).bytes.toString()).toBe('Helloagain')
})

test('asks for a token before it reads anything', async () => {
  const raw = { body: textBytes('text'), type: 'text/plain' }

  const answer = await api.send('/api/media?name=a.txt', { raw })

  expectProblem(answer, 401, 'Unauthorized')
})

/** An archive without compression. */
function zipOf(entries: Record<string, string>): Bytes {
  return new Uint8Array(Buffer.concat(Object.entries(entries).map(([name, text]) => zipEntry(name, text))))
}

function zipEntry(name: string, content: string): Buffer {
  const header = Buffer.alloc(30)
  header.write('PK\x03\x04', 'latin1')
  header.writeUInt16LE(20, 4)
  header.writeUInt32LE(content.length, 18)
  header.writeUInt32LE(content.length, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, Buffer.from(name + content)])
}

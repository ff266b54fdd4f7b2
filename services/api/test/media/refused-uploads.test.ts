import { crc32, deflateSync } from 'node:zlib'
import { expectProblem } from '@finity/kit/testing/expect-problem.ts'
import { expect, test } from 'vitest'
import { aStranger } from '../support/documents.ts'
import { aPicture, type Bytes, bytesOf, nothing, textBytes, upload, whatIsThere } from '../support/media.ts'
import { aSlowUpload } from '../support/slow-upload.ts'
import { startApi } from '../support/start-api.ts'

const api = await startApi({ environment: { UPLOAD_IDLE_SECONDS: '1' } })
const token = await aStranger(api)
const patience = { timeout: 10_000 }

const program = bytesOf('MZ', new Uint8Array(1_000))

/** A picture of one colour compresses a thousandfold. */
function aBomb(side: number): Bytes {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.writeUInt8(1, 8)
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * side))
  return bytesOf(
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  )
}

function pngChunk(type: string, data: Buffer): Buffer {
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.write(type, 4, 'latin1')
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(data, crc32(type)))
  return Buffer.concat([frame, data, sum])
}

/** An old office file whose root entry has the class of an installer. */
function anInstaller(): Bytes {
  const file = Buffer.alloc(2_048)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file)
  file.writeUInt16LE(9, 0x1e)
  file.writeUInt32LE(1, 0x30)
  Buffer.from('84100c0000000000c000000000000046', 'hex').copy(file, 1_024 + 0x50)
  return bytesOf(file)
}

const picture = await aPicture()
const notAllowed = [415, 'MEDIA_TYPE_NOT_ALLOWED'] as const
const unreadable = [422, { code: 'PICTURE_UNREADABLE' }] as const

test.each<[string, Bytes, number, unknown]>([
  ['nothing', bytesOf(), 422, { code: 'EMPTY_UPLOAD' }],
  ['a program of Windows', program, ...notAllowed],
  ['a program of Linux', bytesOf('\x7fELF', new Uint8Array(1_000)), ...notAllowed],
  ['an installer of Windows', anInstaller(), ...notAllowed],
  [
    'an archive of Java',
    bytesOf(
      Buffer.from('504b030414', 'hex'),
      new Uint8Array(21),
      Buffer.from([20, 0, 0, 0]),
      'META-INF/MANIFEST.MF',
    ),
    ...notAllowed,
  ],
  [
    'bytes that nobody knows',
    bytesOf(Uint8Array.from({ length: 999 }, (_, index) => (index * 7) % 256)),
    ...notAllowed,
  ],
  ['one byte that is no text', bytesOf(new Uint8Array([0xff])), ...notAllowed],
  ['text that ends within a character', bytesOf('caf', new Uint8Array([0xc3])), ...notAllowed],
  ['text that is something else later on', bytesOf('x'.repeat(100_000), program), ...notAllowed],
  ['text in UTF-16', bytesOf(Buffer.from('\ufeffHello', 'utf16le')), ...notAllowed],
  ['the beginning of a picture', picture.slice(0, 30), ...unreadable],
  ['a page that begins like a picture', bytesOf('GIF89a<script>alert(1)</script>'), ...unreadable],
  [
    'a picture of 900 million pixels in a few kilobytes',
    aBomb(30_000),
    422,
    { code: 'PICTURE_TOO_LARGE', pixels: 900_000_000, allowed: 50_000_000 },
  ],
])('refuses %s, and keeps nothing of it', async (_case, bytes, status, detail) => {
  const answer = await upload(api, token, bytes, { name: 'photo.png' })

  expectProblem(answer, status, detail)
  expect(await whatIsThere(api)).toEqual(nothing)
})

test('refuses other bytes than those announced', async () => {
  const headers = { 'content-digest': `sha-256=:${Buffer.alloc(32).toString('base64')}:` }

  const answer = await upload(api, token, 'Hello', { headers })

  expectProblem(answer, 400, 'CHECKSUM_MISMATCH')
  expect(await whatIsThere(api)).toEqual(nothing)
})

test('refuses compressed bytes, which would not be the file', async () => {
  const answer = await upload(api, token, 'Hello', { headers: { 'content-encoding': 'gzip' } })

  expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE')
})

test('refuses more than the plan takes at once by its announcement, without a byte of it', async () => {
  const sending = await aSlowUpload(api, token, 10_000_000_000)

  const answer = await sending.answer

  expectProblem(answer, 413, { code: 'UPLOAD_TOO_LARGE', plan: 'free', allowed: 25_000_000 })
  expect(await whatIsThere(api)).toEqual(nothing)
})

test('asks for the length of what is sent without one', async () => {
  const sending = await aSlowUpload(api, token)

  const answer = await sending.answer

  expectProblem(answer, 411, 'LENGTH_REQUIRED')
})

test('refuses a program when its beginning is there, and reads no more of it', async () => {
  const sending = await aSlowUpload(api, token, 20_000_000)
  await sending.send(bytesOf(program, new Uint8Array(70_000)))

  const answer = await sending.answer

  expectProblem(answer, 415, 'MEDIA_TYPE_NOT_ALLOWED')
  expect(answer.headers.get('connection')).toBe('close')
  expect(await whatIsThere(api)).toEqual(nothing)
})

test('ends an upload that comes to a stop', async () => {
  const sending = await aSlowUpload(api, token, 1_000_000)
  await sending.send(textBytes('a beginning'))

  const answer = await sending.answer

  expectProblem(answer, 408, 'UPLOAD_TOO_SLOW')
  expect(await whatIsThere(api)).toEqual(nothing)
})

test('keeps nothing of an upload whose connection is cut', async () => {
  const sending = await aSlowUpload(api, token, 1_000_000)
  await sending.send(new Uint8Array(100_000).fill(0x61))
  await expect
    .poll(() => whatIsThere(api), patience)
    .toMatchObject({ rows: 1, usage: 1_000_000, files: [expect.any(String)] })

  sending.cut()

  await expect.poll(() => whatIsThere(api), patience).toEqual(nothing)
})

test('says that its disk is full when it fills up, and keeps nothing', async () => {
  const { storage } = api.context
  const { write } = storage
  storage.write = async (_id, _kind, chunks) => {
    for await (const _chunk of chunks) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    throw new Error('nothing came')
  }

  const answer = await upload(api, token, 'Hello')

  storage.write = write
  expectProblem(answer, 507, 'STORAGE_FULL')
  expect(await whatIsThere(api)).toEqual(nothing)
})

test('says that its disk is full before it reads what does not fit', async () => {
  const { storage } = api.context
  const { readSpace } = storage
  storage.readSpace = async () => ({ freeBytes: 4, totalBytes: 100 })

  const answer = await upload(api, token, 'Hello')

  storage.readSpace = readSpace
  expectProblem(answer, 507, 'STORAGE_FULL')
})

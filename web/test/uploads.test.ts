import { expect, test } from 'vitest'
import { findRefusal } from '../src/features/media/uploads/check-file.ts'
import { describeUploadFailure } from '../src/features/media/uploads/describe-upload-failure.ts'
import { retryDelay } from '../src/features/media/uploads/retry-delay.ts'
import { summarizeUploads } from '../src/features/media/uploads/summarize-uploads.ts'
import { FileRefusal, type Upload } from '../src/features/media/uploads/upload.ts'
import { HttpFailure, NetworkFailure } from '../src/lib/failures.ts'
import { readProblem } from '../src/lib/problem.ts'

function refusal(status: number, detail: unknown, retryAfterSeconds: number | null = null): HttpFailure {
  return new HttpFailure(readProblem(status, { detail }, null), retryAfterSeconds)
}

function anUpload(status: Upload['status'], size: number, sentBytes = 0): Upload {
  const file = new File([new Uint8Array(size)], 'a.txt')
  return { id: `${status}-${size}`, file, status, sentBytes, failure: null, media: null }
}

test.each([
  ['that is empty', 0, 'empty'],
  ['that is larger than the plan takes', 101, 'too-large'],
  ['that there is no room for', 51, 'no-room'],
  ['that fits', 50, undefined],
])('a file %s is known before it is sent', (_which, size, reason) => {
  const { file } = anUpload('waiting', size)
  expect(findRefusal(file, { uploadBytes: 100, freeBytes: 50 })?.reason).toBe(reason)
})

test('a plan without a limit of storage has room for any file', () => {
  const { file } = anUpload('waiting', 100)
  expect(findRefusal(file, { uploadBytes: 100, freeBytes: null })).toBeNull()
})

test.each([
  [{ code: 'UPLOAD_TOO_LARGE', allowed: 25e6 }, 'Too large: your plan takes files of up to 25 MB.', false],
  [
    [{ loc: ['query', 'name'], msg: '', type: '' }],
    'The name of this file cannot be used. Rename the file and choose it again.',
    false,
  ],
  [
    { code: 'PLAN_LIMIT_REACHED', limit: 'storage_bytes', allowed: 500e6, used: 499e6 },
    'There is not enough room for it: 1 MB left.',
    true,
  ],
  [{ code: 'EMPTY_UPLOAD' }, 'This is empty. If it is a folder, open it and choose the files in it.', false],
  ['MEDIA_TYPE_NOT_ALLOWED', 'Files of this type cannot be uploaded.', false],
  [
    { code: 'PICTURE_TOO_LARGE', pixels: 120e6, allowed: 100e6 },
    'This picture has 120 megapixels; at most 100 are possible.',
    false,
  ],
  [{ code: 'PICTURE_UNREADABLE' }, 'This picture is damaged: it cannot be opened.', false],
  ['UPLOAD_TOO_SLOW', 'The connection is too slow for this file.', true],
  ['SOMETHING_NEW', 'Something went wrong on our side. Try again in a moment.', true],
])('a refused upload says why, and whether to try again: %j', (detail, message, isWorthRetrying) => {
  expect(describeUploadFailure(refusal(422, detail))).toMatchObject({ message, isWorthRetrying })
})

test('a file that there is no room for says how much is left', () => {
  const { message } = describeUploadFailure(new FileRefusal('no-room', 2_400_000))
  expect(message).toBe('There is not enough room for it: 2.4 MB left.')
})

test('an upload that breaks is tried again, each time a little later, and not for ever', () => {
  const delays = [1, 2, 3, 4, 5, 6].map((attempt) => retryDelay(new NetworkFailure(), attempt))
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, null])
})

test('a service that says when to come again is obeyed', () => {
  expect(retryDelay(refusal(503, 'UNAVAILABLE', 7), 1)).toBe(7_000)
  expect(retryDelay(refusal(429, 'TOO_MANY_REQUESTS', 3_600), 1)).toBe(60_000)
})

test('what another attempt would not change is not tried again', () => {
  expect(retryDelay(refusal(413, 'UPLOAD_TOO_LARGE'), 1)).toBeNull()
  expect(retryDelay(refusal(507, 'STORAGE_FULL'), 1)).toBeNull()
})

test('the progress of all uploads counts bytes, and neither what failed nor what was cancelled', () => {
  const summary = summarizeUploads([
    anUpload('done', 100),
    anUpload('sending', 200, 50),
    anUpload('waiting', 100),
    anUpload('failed', 1_000),
    anUpload('cancelled', 1_000, 500),
  ])
  expect(summary).toEqual({ total: 4, done: 1, failed: 1, isRunning: true, part: 150 / 400 })
})

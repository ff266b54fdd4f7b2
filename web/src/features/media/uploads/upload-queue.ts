import { withAccessToken } from '../../../lib/api/send-for-session.ts'
import { randomId } from '../../../lib/random-id.ts'
import { currentSession, subscribeToSession } from '../../../lib/session.ts'
import type { Media } from '../media.ts'
import { expectReadable, findRefusal } from './check-file.ts'
import { pauseBeforeRetry } from './pause-before-retry.ts'
import { retryDelay } from './retry-delay.ts'
import { sendFile } from './send-file.ts'
import { type Allowance, isActive, type Upload } from './upload.ts'
import { addUploads, changeUpload, currentUploads, keepUploads } from './upload-store.ts'

/** Small files do not wait behind large ones, and the pages keep connections for themselves. */
const PARALLEL = 3

const running = new Map<string, AbortController>()
let owner: string | null = null

/** Files go up one request each, in the order they were chosen; what cannot go says so at once. */
export function uploadFiles(files: readonly File[], allowance: Allowance) {
  owner = currentSession().accountId
  // What is being sent has its place in the plan already.
  const waiting = currentUploads().filter(({ status }) => status === 'waiting')
  let freeBytes = allowance.freeBytes
  if (freeBytes !== null) freeBytes -= sum(waiting.map(({ file }) => file.size))
  const added = files.map((file): Upload => {
    const failure = findRefusal(file, { ...allowance, freeBytes })
    if (!failure && freeBytes !== null) freeBytes -= file.size
    const status = failure ? 'failed' : 'waiting'
    return { id: randomId(), file, status, sentBytes: 0, failure, media: null }
  })
  addUploads(added)
  startNext()
}

export function retryUpload(id: string) {
  changeUpload(id, { status: 'waiting', sentBytes: 0, failure: null })
  startNext()
}

export function cancelUpload(id: string) {
  changeUpload(id, { status: 'cancelled', failure: null })
  running.get(id)?.abort()
}

export function cancelEveryUpload() {
  for (const upload of currentUploads()) if (isActive(upload)) cancelUpload(upload.id)
}

function startNext() {
  for (const upload of currentUploads()) {
    if (running.size >= PARALLEL || currentSession().accountId !== owner) return
    if (upload.status === 'waiting' && !running.has(upload.id)) run(upload)
  }
}

async function run(upload: Upload) {
  const { id } = upload
  const cancelling = new AbortController()
  running.set(id, cancelling)
  try {
    const media = await sendPatiently(upload, cancelling.signal)
    changeUpload(id, { status: 'done', media })
  } catch (failure) {
    if (!cancelling.signal.aborted) changeUpload(id, asEnded(failure))
  }
  running.delete(id)
  startNext()
}

/** When its session is over, it waits until its account signs in again. */
function asEnded(failure: unknown): Partial<Upload> {
  return currentSession().accountId === owner
    ? { status: 'failed', failure }
    : { status: 'waiting', sentBytes: 0 }
}

async function sendPatiently({ id, file }: Upload, signal: AbortSignal): Promise<Media> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      changeUpload(id, { status: 'sending', sentBytes: 0 })
      return await send(id, file, signal)
    } catch (failure) {
      const delayMs = retryDelay(failure, attempt)
      if (delayMs === null || signal.aborted) throw failure
      changeUpload(id, { status: 'pausing' })
      await pauseBeforeRetry(failure, delayMs, signal)
    }
  }
}

async function send(key: string, file: File, signal: AbortSignal): Promise<Media> {
  await expectReadable(file)
  const onProgress = (sentBytes: number) => changeUpload(key, { sentBytes })
  return withAccessToken((token) => sendFile(file, { key, token, signal, onProgress }))
}

function sum(sizes: number[]): number {
  return sizes.reduce((total, size) => total + size, 0)
}

// A session that ended by itself may go on after signing in; nobody else's files do.
subscribeToSession(() => {
  const { accountId, isUnknown, endReason } = currentSession()
  if (accountId === owner) return startNext()
  if (accountId === null && (isUnknown || endReason === 'expired')) return
  cancelEveryUpload()
  keepUploads(() => false)
})

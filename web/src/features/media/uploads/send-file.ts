import { acceptAnswer } from '../../../lib/api/send-request.ts'
import { NetworkFailure } from '../../../lib/failures.ts'
import type { Media } from '../media.ts'

/** No byte moved for this long: the connection is dead, whatever the browser believes. */
const STALLED_MS = 60_000

type Options = { key: string; token: string; signal: AbortSignal; onProgress: (sentBytes: number) => void }

/** Sends one file. Unlike fetch, XMLHttpRequest tells how much has left. Throws HttpFailure or NetworkFailure. */
export async function sendFile(file: File, options: Options): Promise<Media> {
  options.signal.throwIfAborted()
  const response = await acceptAnswer(await post(file, options))
  return response.json().catch((cause: unknown) => {
    throw new NetworkFailure('no usable answer', { cause })
  })
}

function post(file: File, { key, token, signal, onProgress }: Options): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const watch = watchForStall(() => request.abort())
    const abort = () => request.abort()
    request.upload.onprogress = ({ loaded }) => {
      watch.moved()
      onProgress(loaded)
    }
    request.onload = () => resolve(asResponse(request))
    request.onerror = () => reject(new NetworkFailure('the upload broke'))
    request.onabort = () => reject(signal.aborted ? signal.reason : new NetworkFailure('the upload stalled'))
    request.onloadend = () => {
      watch.stop()
      signal.removeEventListener('abort', abort)
    }
    signal.addEventListener('abort', abort)
    request.open('POST', `/api/media?${new URLSearchParams({ name: file.name })}`)
    request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.setRequestHeader('Idempotency-Key', key)
    request.send(file)
  })
}

function asResponse(request: XMLHttpRequest): Response {
  const headers = new Headers()
  for (const name of ['Retry-After', 'X-Request-Id']) {
    const value = request.getResponseHeader(name)
    if (value !== null) headers.set(name, value)
  }
  return new Response(request.responseText, { status: request.status, headers })
}

function watchForStall(onStall: () => void) {
  let timer = setTimeout(onStall, STALLED_MS)
  return {
    moved: () => {
      clearTimeout(timer)
      timer = setTimeout(onStall, STALLED_MS)
    },
    stop: () => clearTimeout(timer),
  }
}

import type { Readable } from 'node:stream'
import { InvalidBody, UploadTooSlow } from './http-errors.ts'

export type Pace = {
  /** Without a byte for so long, the sender is taken for gone. */
  idleMs: number
  /** At least so much, measured over each window. */
  bytesPerSecond: number
  windowMs: number
}

/**
 * The chunks of a body that arrives at a pace; else UploadTooSlow, and InvalidBody when the sender leaves half-way. Only the
 * waiting for the sender counts, not what is done with a chunk. The connection stays open, for the answer.
 */
export async function* requirePace(body: Readable, pace: Pace): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false })
  let waitedMs = 0
  let bytes = 0
  for (;;) {
    const askedAt = performance.now()
    const { done, value } = await withinTime(chunks.next(), pace.idleMs)
    if (done) return
    waitedMs += performance.now() - askedAt
    bytes += value.length
    if (waitedMs >= pace.windowMs) {
      if (bytes < (pace.bytesPerSecond * waitedMs) / 1_000) throw new UploadTooSlow()
      waitedMs = 0
      bytes = 0
    }
    yield value
  }
}

async function withinTime<T>(next: Promise<T>, ms: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new UploadTooSlow()), ms)
  const arrived = next.catch((error: unknown) => {
    throw new InvalidBody(error)
  })
  try {
    return await Promise.race([arrived, promise])
  } finally {
    clearTimeout(timer)
  }
}

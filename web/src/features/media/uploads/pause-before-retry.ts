import { untilReachable } from '../../../lib/connection.ts'
import { NetworkFailure } from '../../../lib/failures.ts'

/** Waits, and as long as there is no connection goes on waiting: that costs no attempt. */
export function pauseBeforeRetry(failure: unknown, delayMs: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => {
    if (failure instanceof NetworkFailure) untilReachable().then(resolve)
    else resolve()
  }, delayMs)
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    reject(signal.reason)
  })
  return promise
}

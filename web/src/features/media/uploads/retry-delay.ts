import { HttpFailure, isHttpFailure, isPassing } from '../../../lib/failures.ts'

const MAX_ATTEMPTS = 6
const FIRST_DELAY_MS = 1_000
const MAX_DELAY_MS = 60_000

/** How long to wait until the next attempt makes sense; null when it makes none. */
export function retryDelay(failure: unknown, attempt: number): number | null {
  const isTooMany = isHttpFailure(failure, 429)
  const isFull = isHttpFailure(failure, 507)
  if (attempt >= MAX_ATTEMPTS || isFull || !(isPassing(failure) || isTooMany)) return null
  const asked = failure instanceof HttpFailure ? failure.retryAfterSeconds : null
  return Math.min(asked === null ? FIRST_DELAY_MS * 2 ** (attempt - 1) : asked * 1_000, MAX_DELAY_MS)
}

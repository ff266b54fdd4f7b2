import { HttpFailure, hasCode, isHttpFailure, isPassing, SessionFailure } from '../../../lib/failures.ts'

/**
 * What becomes of a save that failed. `later`: it is tried again by itself. `incomplete`: when the text has changed.
 * `asked`: when someone says so. `never`: nobody is signed in to save it for.
 */
export type Verdict = 'later' | 'incomplete' | 'asked' | 'never'

const FIRST_PAUSE_MS = 1000
const MAX_PAUSE_MS = 30_000

export function judgeFailure(failure: unknown): Verdict {
  if (failure instanceof SessionFailure || isHttpFailure(failure, 401)) return 'never'
  if (isPassing(failure) || isHttpFailure(failure, 408, 429)) return 'later'
  if (hasCode(failure, 'IDEMPOTENCY_KEY_REUSED')) return 'asked'
  return isHttpFailure(failure, 413, 422) ? 'incomplete' : 'asked'
}

/** Longer each time, and never the same for many who lost the same service. */
export function pauseBeforeRetry(failure: unknown, attempts: number): number {
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** attempts, MAX_PAUSE_MS) * (0.75 + Math.random() / 2)
  const askedSeconds = failure instanceof HttpFailure ? failure.retryAfterSeconds : null
  return askedSeconds === null ? pauseMs : Math.max(askedSeconds * 1000, pauseMs)
}

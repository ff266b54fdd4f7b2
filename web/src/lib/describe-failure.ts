import { HttpFailure, NetworkFailure } from './failures.ts'
import { formatWait } from './format-time.ts'
import { text } from './text.ts'

export type FailureDescription = { message: string; reference: string | null }

const USUAL_WAIT_SECONDS = 60

/** A sentence for a failure that the calling form or page has no better words for. */
export function describeFailure(failure: unknown): FailureDescription {
  if (failure instanceof NetworkFailure) return { message: text.failures.network, reference: null }
  if (!(failure instanceof HttpFailure)) return { message: text.failures.unexpected, reference: null }
  const { status, requestId } = failure.problem
  if (status === 413) return { message: text.failures.tooLarge, reference: null }
  if (status === 429) {
    const wait = formatWait(failure.retryAfterSeconds ?? USUAL_WAIT_SECONDS)
    return { message: text.failures.tooMany(wait), reference: null }
  }
  if (status === 502 || status === 503 || status === 504) {
    return { message: text.failures.unavailable, reference: requestId }
  }
  return { message: text.failures.unexpected, reference: requestId }
}

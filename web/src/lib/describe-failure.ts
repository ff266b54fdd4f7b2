import { commonText } from '../text/common.ts'
import { HttpFailure, NetworkFailure } from './failures.ts'
import { formatWait } from './format-time.ts'

export type FailureDescription = { message: string; reference: string | null }

const USUAL_WAIT_SECONDS = 60

/** A sentence for a failure that the calling form or page has no better words for. */
export function describeFailure(failure: unknown): FailureDescription {
  if (failure instanceof NetworkFailure) return { message: commonText.failures.network, reference: null }
  if (!(failure instanceof HttpFailure)) return { message: commonText.failures.unexpected, reference: null }
  const { status, requestId } = failure.problem
  if (status === 413) return { message: commonText.failures.tooLarge, reference: null }
  if (status === 429) {
    const wait = formatWait(failure.retryAfterSeconds ?? USUAL_WAIT_SECONDS)
    return { message: commonText.failures.tooMany(wait), reference: null }
  }
  if (status === 502 || status === 503 || status === 504) {
    return { message: commonText.failures.unavailable, reference: requestId }
  }
  return { message: commonText.failures.unexpected, reference: requestId }
}

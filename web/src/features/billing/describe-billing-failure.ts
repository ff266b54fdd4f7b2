import { describeFailure } from '../../lib/describe-failure.ts'
import { hasCode, isHttpFailure } from '../../lib/failures.ts'
import { billingText } from '../../text/billing.ts'

const words = billingText.errors

/** A sentence for what went wrong with a payment or a change of plan. */
export function describeBillingFailure(failure: unknown): string {
  if (isHttpFailure(failure, 402)) return words.refused
  if (hasCode(failure, 'PAYMENT_UNAVAILABLE')) return words.unavailable
  if (hasCode(failure, 'PAYMENT_NOT_CONFIGURED')) return words.notConfigured
  if (isHttpFailure(failure, 409)) return words.changedMeanwhile
  return describeFailure(failure).message
}

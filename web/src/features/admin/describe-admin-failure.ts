import { describeFailure } from '../../lib/describe-failure.ts'
import { hasCode, isHttpFailure } from '../../lib/failures.ts'
import { adminText } from '../../text/admin.ts'

/** A sentence for what a superuser was refused. */
export function describeAdminFailure(failure: unknown): string {
  // The page is for superusers, so only the session's token can be older than the right.
  if (isHttpFailure(failure, 403)) return adminText.staleRights
  if (hasCode(failure, 'PAID_BY_STRIPE')) return adminText.users.paidByStripe
  if (isHttpFailure(failure, 404)) return adminText.users.gone
  return describeFailure(failure).message
}

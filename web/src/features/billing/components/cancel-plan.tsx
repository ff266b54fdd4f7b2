import { Button } from '../../../components/button.tsx'
import { formatDay } from '../../../lib/format-time.ts'
import { showNotice } from '../../../lib/notices.ts'
import { billingText } from '../../../text/billing.ts'
import { commonText } from '../../../text/common.ts'
import { useCancelPlan, useResumePlan } from '../api/change-subscription.ts'
import type { Subscription } from '../billing.ts'
import { describeBillingFailure } from '../describe-billing-failure.ts'

/**
 * Ends the plan with the time that is paid for, or takes that back. Nobody is asked first: until that day it can be undone.
 * One button for both, so that it keeps the focus.
 */
export function CancelPlan({ subscription: { can } }: { subscription: Subscription }) {
  const cancel = useCancelPlan()
  const resume = useResumePlan()
  if (!can.cancel && !can.resume) return null

  const words = can.resume ? billingText.resume : billingText.cancel
  const isPending = cancel.isPending || resume.isPending
  const onError = (failure: unknown) => showNotice(describeBillingFailure(failure))
  const keep = () =>
    resume.mutate(undefined, { onSuccess: () => showNotice(billingText.resume.done), onError })
  const end = () =>
    cancel.mutate(undefined, {
      onSuccess: (ending) => showNotice(describeEnd(ending), { label: commonText.undo, run: keep }),
      onError,
    })

  return (
    <Button
      look={can.resume ? 'primary' : 'secondary'}
      aria-disabled={isPending}
      onClick={() => isPending || (can.resume ? keep() : end())}
    >
      {isPending ? words.pending : words.action}
    </Button>
  )
}

function describeEnd({ current_period_end: end }: Subscription): string {
  return end ? billingText.cancel.done(formatDay(new Date(end))) : billingText.cancel.doneSoon
}

import { Button } from '../../../components/button.tsx'
import { billingText } from '../../../text/billing.ts'
import { useCheckout } from '../api/open-payment-page.ts'
import type { PaidPlanName } from '../billing.ts'

/** To the page where a plan is paid for. */
export function ChoosePlan({ plan, label }: { plan: PaidPlanName; label: string }) {
  const { isOpening, open } = useCheckout(plan)
  return (
    <Button look="primary" aria-disabled={isOpening} onClick={open}>
      {isOpening ? billingText.opening : billingText.choose(label)}
    </Button>
  )
}

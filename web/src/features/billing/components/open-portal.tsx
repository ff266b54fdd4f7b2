import { Button } from '../../../components/button.tsx'
import { billingText } from '../../../text/billing.ts'
import { usePortal } from '../api/open-payment-page.ts'

/** To the payment provider's page for cards and invoices. */
export function OpenPortal({ label }: { label: string }) {
  const { isOpening, open } = usePortal()
  return (
    <Button aria-disabled={isOpening} onClick={open}>
      {isOpening ? billingText.opening : label}
    </Button>
  )
}

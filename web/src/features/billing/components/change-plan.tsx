import { useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { Message } from '../../../components/message.tsx'
import { showNotice } from '../../../lib/notices.ts'
import { billingText } from '../../../text/billing.ts'
import { commonText } from '../../../text/common.ts'
import { useChangePlan } from '../api/change-subscription.ts'
import type { PaidPlanName } from '../billing.ts'
import { describeBillingFailure } from '../describe-billing-failure.ts'

type Props = { plan: PaidPlanName; label: string }

const words = billingText.change

/** Another paid plan. It is asked first, because money moves at once. */
export function ChangePlan({ plan, label }: Props) {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>{words.action(label)}</Button>
      {isAsking && <ChangeDialog plan={plan} label={label} onDismiss={() => setIsAsking(false)} />}
    </>
  )
}

function ChangeDialog({ plan, label, onDismiss }: Props & { onDismiss: () => void }) {
  const change = useChangePlan()

  function confirm() {
    if (!change.isPending) change.mutate(plan, { onSuccess: () => showNotice(words.done(label)) })
  }

  return (
    <Dialog title={words.question(label)} description={words.consequence} onDismiss={onDismiss}>
      {change.isError && <Message tone="danger">{describeBillingFailure(change.error)}</Message>}
      <Button onClick={onDismiss}>{commonText.cancel}</Button>
      <Button look="primary" aria-disabled={change.isPending} onClick={confirm}>
        {change.isPending ? words.pending : words.action(label)}
      </Button>
    </Dialog>
  )
}

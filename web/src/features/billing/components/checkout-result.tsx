import { useEffect, useState } from 'react'
import { Message } from '../../../components/message.tsx'
import { showNotice } from '../../../lib/notices.ts'
import { billingText } from '../../../text/billing.ts'
import { usePaidSubscription } from '../api/get-subscription.ts'
import type { Plan } from '../billing.ts'

const words = billingText.checkout
const PATIENCE_MS = 60_000

type Props = { outcome: string | null; plans: Plan[]; onSettled: () => void }

/** What came of paying, for whoever comes back from the payment page. */
export function CheckoutResult({ outcome, plans, onSettled }: Props) {
  if (outcome === 'done') return <AwaitedPlan plans={plans} onSettled={onSettled} />
  return outcome === 'cancelled' ? <Message tone="info">{words.cancelled}</Message> : null
}

function AwaitedPlan({ plans, onSettled }: Omit<Props, 'outcome'>) {
  const [isLate, setIsLate] = useState(false)
  const { data } = usePaidSubscription(!isLate)
  const paid = plans.find(({ name }) => name !== 'free' && name === data?.plan)

  useEffect(() => {
    const timer = setTimeout(setIsLate, PATIENCE_MS, true)
    return () => clearTimeout(timer)
  }, [])

  useEffect(() => {
    if (!paid) return
    showNotice(words.done(paid.label))
    onSettled()
  }, [paid, onSettled])

  return <Message tone="info">{isLate ? words.late : words.waiting}</Message>
}

import { useCallback } from 'react'
import { useSearchParams } from 'react-router'
import { FailureMessage } from '../../components/failure-message.tsx'
import { PageHeading } from '../../components/page-heading.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { usePlans } from '../../features/billing/api/get-plans.ts'
import { useSubscription } from '../../features/billing/api/get-subscription.ts'
import { CheckoutResult } from '../../features/billing/components/checkout-result.tsx'
import { CurrentPlan } from '../../features/billing/components/current-plan.tsx'
import { PlanCards } from '../../features/billing/components/plan-cards.tsx'
import { billingText } from '../../text/billing.ts'
import styles from './billing.module.css'

/** The query parameter with which the payment page sends people back. */
const CHECKOUT = 'checkout'

export function BillingPage() {
  const [query, setQuery] = useSearchParams()
  const plans = usePlans()
  const subscription = useSubscription()
  const settle = useCallback(() => setQuery({}, { replace: true, preventScrollReset: true }), [setQuery])

  return (
    <div className={styles.page}>
      <PageHeading>{billingText.title}</PageHeading>
      {plans.data && subscription.data ? (
        <>
          <CheckoutResult outcome={query.get(CHECKOUT)} plans={plans.data.items} onSettled={settle} />
          <CurrentPlan subscription={subscription.data} plans={plans.data.items} />
          <PlanCards subscription={subscription.data} list={plans.data} />
        </>
      ) : plans.isError || subscription.isError ? (
        <FailureMessage
          failure={plans.error ?? subscription.error}
          onRetry={() => Promise.all([plans.refetch(), subscription.refetch()])}
        />
      ) : (
        <Skeleton rows={1} size="page" />
      )}
    </div>
  )
}

import { Message } from '../../../components/message.tsx'
import { formatDay } from '../../../lib/format-time.ts'
import { billingText } from '../../../text/billing.ts'
import { isGranted, isOverLimit, type Plan, type Subscription } from '../billing.ts'
import { CancelPlan } from './cancel-plan.tsx'
import styles from './current-plan.module.css'
import { OpenPortal } from './open-portal.tsx'
import { PlanUsage } from './plan-usage.tsx'

type Props = { subscription: Subscription; plans: Plan[] }

/** What the account has now, how long, and what is used of it. */
export function CurrentPlan({ subscription, plans }: Props) {
  const { plan, status } = subscription
  const labelOf = (name: Plan['name']) => plans.find((each) => each.name === name)?.label ?? name
  return (
    <section aria-labelledby="current-plan" className={styles.section}>
      <h2 id="current-plan" className={styles.label}>
        {billingText.yourPlan}
      </h2>
      <p className={styles.name}>
        {labelOf(plan)}{' '}
        <span className={styles.status} data-due={status === 'past_due'}>
          {describeStatus(subscription)}
        </span>
      </p>
      {status === 'past_due' ? (
        <Message tone="danger">
          <p className={styles.words}>{billingText.state.pastDue}</p>
          {subscription.can.portal && <OpenPortal label={billingText.updateCard} />}
        </Message>
      ) : (
        <p className={styles.state}>{describeState(subscription, labelOf('free'))}</p>
      )}
      {isOverLimit(subscription) && (
        <Message tone="info">
          <p>{billingText.state.over(labelOf(plan))}</p>
        </Message>
      )}
      <PlanUsage subscription={subscription} />
      <div className={styles.actions}>
        {subscription.can.portal && status !== 'past_due' && <OpenPortal label={billingText.portal} />}
        <CancelPlan subscription={subscription} />
      </div>
    </section>
  )
}

function describeStatus({ plan, status, cancel_at_period_end, current_period_end }: Subscription): string {
  // What has ended left the free plan, which is active.
  if (plan === 'free') return billingText.status.active
  if (cancel_at_period_end && current_period_end) return billingText.status.ending(toDay(current_period_end))
  return billingText.status[status]
}

function describeState(subscription: Subscription, freeLabel: string): string {
  const { plan, status, current_period_end: end, cancel_at_period_end: isEnding } = subscription
  const words = billingText.state
  if (plan === 'free') return status === 'ended' ? words.ended : words.free
  if (isGranted(subscription)) return words.granted
  if (!end) return words.paid
  return isEnding ? words.ending(toDay(end), freeLabel) : words.renews(toDay(end))
}

function toDay(time: string): string {
  return formatDay(new Date(time))
}

import { SupportAddress } from '../../../components/support-address.tsx'
import { formatSize } from '../../../lib/format-size.ts'
import { useSettings } from '../../../lib/settings.ts'
import { billingText } from '../../../text/billing.ts'
import { isGranted, type Plan, type PlanList, type Subscription } from '../billing.ts'
import { ChangePlan } from './change-plan.tsx'
import { ChoosePlan } from './choose-plan.tsx'
import styles from './plan-cards.module.css'

type Props = { subscription: Subscription; list: PlanList }

/** What can be had, side by side. */
export function PlanCards({ subscription, list }: Props) {
  const hasPrices = list.items.some((plan) => plan.price_label !== null)
  return (
    <section aria-labelledby="plans" className={styles.section}>
      <h2 id="plans" className={styles.title}>
        {billingText.plans}
      </h2>
      <ul className={styles.cards}>
        {list.items.map((plan) => (
          <li key={plan.name} className={styles.card} data-current={plan.name === subscription.plan}>
            <h3 className={styles.name}>{plan.label}</h3>
            {hasPrices && <p className={styles.price}>{plan.price_label}</p>}
            <ul className={styles.allows}>
              {describePlan(plan).map((sentence) => (
                <li key={sentence} className={styles.allowed}>
                  {sentence}
                </li>
              ))}
            </ul>
            <PlanAction plan={plan} subscription={subscription} />
          </li>
        ))}
      </ul>
      {list.payment === 'manual' && <AskForPlan words={billingText.manual} />}
      {list.payment !== 'manual' && isGranted(subscription) && <AskForPlan words={billingText.granted} />}
    </section>
  )
}

function PlanAction({ plan: { name, label }, subscription }: { plan: Plan; subscription: Subscription }) {
  if (name === subscription.plan) return <p className={styles.current}>{billingText.current}</p>
  if (name === 'free') return null
  if (subscription.can.checkout) return <ChoosePlan plan={name} label={label} />
  return subscription.can.change ? <ChangePlan plan={name} label={label} /> : null
}

function AskForPlan({ words }: { words: { none: string; lead: string } }) {
  const { supportEmail } = useSettings()
  return supportEmail ? <SupportAddress lead={words.lead} /> : <p>{words.none}</p>
}

function describePlan({ documents, storage_bytes: storage, upload_bytes: upload }: Plan): string[] {
  const words = billingText.allows
  return [
    documents === null ? words.anyDocuments : words.documents(documents),
    storage === null ? words.anyStorage : words.storage(formatSize(storage)),
    words.upload(formatSize(upload)),
  ]
}

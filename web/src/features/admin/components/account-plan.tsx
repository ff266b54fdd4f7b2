import { useId } from 'react'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { adminText } from '../../../text/admin.ts'
import { commonText } from '../../../text/common.ts'
import type { Grant, ListedAccount, PlanName } from '../admin.ts'
import { useGrant, useGrantPlan, usePlanLabels } from '../api/grant-plan.ts'
import styles from './account-plan.module.css'

const words = adminText.users

/** The plan of an account, to be chosen by hand unless it is paid for. */
export function AccountPlan({ account }: { account: ListedAccount }) {
  const id = useId()
  const grant = useGrant(account.id)
  const plans = usePlanLabels()

  if (grant.isError) return <FailureMessage failure={grant.error} onRetry={() => grant.refetch()} />
  return (
    <div className={styles.plan}>
      <label htmlFor={id} className={styles.label}>
        {words.plan}
      </label>
      {grant.data && plans.data ? (
        <PlanChoice id={id} account={account} grant={grant.data} plans={plans.data} />
      ) : (
        <span className={styles.pending}>{commonText.loading}</span>
      )}
    </div>
  )
}

type ChoiceProps = {
  id: string
  account: ListedAccount
  grant: Grant
  plans: { name: PlanName; label: string }[]
}

function PlanChoice({ id, account, grant: { plan, provider }, plans }: ChoiceProps) {
  const labelOf = (name: PlanName) => plans.find((each) => each.name === name)?.label ?? name
  const give = useGrantPlan(account, labelOf)

  if (provider === 'stripe' && plan !== 'free') return <output id={id}>{words.paid(labelOf(plan))}</output>
  return (
    <select
      id={id}
      className={styles.choice}
      value={give.isPending ? give.variables.to : plan}
      onChange={({ currentTarget }) => give.mutate({ to: currentTarget.value as PlanName, from: plan })}
    >
      {plans.map(({ name, label }) => (
        <option key={name} value={name}>
          {label}
        </option>
      ))}
    </select>
  )
}

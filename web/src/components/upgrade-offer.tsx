import type { HttpFailure } from '../lib/failures.ts'
import { formatSize } from '../lib/format-size.ts'
import { paths } from '../lib/paths.ts'
import { commonText } from '../text/common.ts'
import { upgradeText } from '../text/upgrade.ts'
import { Button, ButtonLink } from './button.tsx'
import { Message } from './message.tsx'
import styles from './upgrade-offer.module.css'

/** `failure` is a refusal with PLAN_LIMIT_REACHED. */
type Props = { failure: HttpFailure; onRetry?: () => void }

/** Says which part of the plan is used up, and where there is more. */
export function UpgradeOffer({ failure, onRetry }: Props) {
  return (
    <Message tone="danger">
      <p className={styles.words}>{describePlanLimit(failure)}</p>
      <ButtonLink look="primary" to={paths.billing}>
        {upgradeText.seePlans}
      </ButtonLink>
      {onRetry && <Button onClick={onRetry}>{commonText.tryAgain}</Button>}
    </Message>
  )
}

export function describePlanLimit({ problem: { facts } }: HttpFailure): string {
  const allowed = Number(facts.allowed)
  return facts.limit === 'storage_bytes'
    ? upgradeText.storage(formatSize(allowed))
    : upgradeText.documents(allowed)
}

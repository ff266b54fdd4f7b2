import { Meter } from '../../../components/meter.tsx'
import { formatSize } from '../../../lib/format-size.ts'
import { billingText } from '../../../text/billing.ts'
import type { Subscription } from '../billing.ts'
import styles from './plan-usage.module.css'

const words = billingText.usage

export function PlanUsage({ subscription: { usage, limits } }: { subscription: Subscription }) {
  return (
    <div className={styles.usage}>
      <Used label={words.documents} used={usage.documents} allowed={limits.documents} format={words.count} />
      <Used
        label={words.storage}
        used={usage.storage_bytes}
        allowed={limits.storage_bytes}
        format={formatSize}
      />
    </div>
  )
}

type UsedProps = { label: string; used: number; allowed: number | null; format: (amount: number) => string }

function Used({ label, used, allowed, format }: UsedProps) {
  if (allowed !== null) {
    return (
      <Meter label={label} value={used} max={allowed} valueText={words.of(format(used), format(allowed))} />
    )
  }
  return (
    <p className={styles.unlimited}>
      <span className={styles.label}>{label}</span> {words.unlimited(format(used))}
    </p>
  )
}

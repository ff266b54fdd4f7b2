import { useId } from 'react'
import styles from './meter.module.css'

type Props = { label: string; value: number; max: number; valueText: string }

/** Nearly full, from here on. */
const HIGH = 0.9

/** How much of something limited is used. */
export function Meter({ label, value, max, valueText }: Props) {
  const id = useId()
  const share = Math.min(value / max, 1)
  return (
    <div className={styles.meter}>
      <div className={styles.words}>
        <span id={id} className={styles.label}>
          {label}
        </span>
        <span>{valueText}</span>
      </div>
      <meter
        aria-labelledby={id}
        aria-valuetext={valueText}
        max={max}
        value={Math.min(value, max)}
        className="visually-hidden"
      />
      {/* Browsers cannot be told how to paint a meter, so it is painted apart from what is read out. */}
      <div aria-hidden="true" className={styles.track}>
        <div className={styles.bar} data-high={share >= HIGH} style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </div>
  )
}

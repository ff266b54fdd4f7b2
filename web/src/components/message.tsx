import type { ReactNode } from 'react'
import styles from './message.module.css'

type Props = { tone: 'info' | 'danger'; children: ReactNode }

/** A message about the form or page it stands in; a fault interrupts a screen reader, a note waits. */
export function Message({ tone, children }: Props) {
  return (
    <div role={tone === 'danger' ? 'alert' : 'status'} className={`${styles.message} ${styles[tone]}`}>
      {children}
    </div>
  )
}

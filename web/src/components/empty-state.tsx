import type { ReactNode } from 'react'
import styles from './empty-state.module.css'

type Props = { title: string; lead: string; children?: ReactNode }

/** What stands where there is nothing to show, with the way on. */
export function EmptyState({ title, lead, children }: Props) {
  return (
    <div className={styles.empty}>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.lead}>{lead}</p>
      {children}
    </div>
  )
}

import type { ReactNode } from 'react'
import { PageHeading } from './page-heading.tsx'
import styles from './plain-page.module.css'

type Props = { title: string; lead: string; children: ReactNode }

/** A page that says one thing: not found, something failed. */
export function PlainPage({ title, lead, children }: Props) {
  return (
    <div className={styles.page}>
      <PageHeading>{title}</PageHeading>
      <p className={styles.lead}>{lead}</p>
      {children}
    </div>
  )
}

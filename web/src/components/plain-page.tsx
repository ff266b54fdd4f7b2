import type { ReactNode } from 'react'
import { PageHeading } from './page-heading.tsx'
import styles from './plain-page.module.css'

type Props = { title: string; lead: string; takesFocus?: boolean; children?: ReactNode }

/** A page that says one thing: not found, something failed, a mail is on its way. */
export function PlainPage({ title, lead, takesFocus = false, children }: Props) {
  return (
    <div className={styles.page}>
      <PageHeading takesFocus={takesFocus}>{title}</PageHeading>
      <p className={styles.lead}>{lead}</p>
      {children}
    </div>
  )
}

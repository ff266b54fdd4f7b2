import type { ReactNode } from 'react'
import { PageHeading } from '../../components/page-heading.tsx'
import { AccountNavigation } from '../../features/account/components/account-navigation.tsx'
import styles from './account-settings.module.css'

/** The frame that the pages about one's own account share. */
export function AccountSettings({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.page}>
      <PageHeading>{title}</PageHeading>
      <AccountNavigation />
      {children}
    </div>
  )
}

type SectionProps = { title?: string; lead?: string; children: ReactNode }

export function Section({ title, lead, children }: SectionProps) {
  return (
    <section className={styles.section}>
      {title && <h2 className={styles.title}>{title}</h2>}
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  )
}

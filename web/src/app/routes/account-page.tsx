import type { ReactNode } from 'react'
import { Link, type To } from 'react-router'
import { PageHeading } from '../../components/page-heading.tsx'
import styles from './account-page.module.css'

type Props = {
  title: string
  lead?: string
  alternative: { question: string; label: string; to: To }
  children: ReactNode
}

/** The frame that registering and signing in share. */
export function AccountPage({ title, lead, alternative, children }: Props) {
  return (
    <div className={styles.page}>
      <PageHeading>{title}</PageHeading>
      {lead && <p className={styles.lead}>{lead}</p>}
      {children}
      <p className={styles.alternative}>
        {alternative.question}{' '}
        <Link to={alternative.to} className={styles.link}>
          {alternative.label}
        </Link>
      </p>
    </div>
  )
}

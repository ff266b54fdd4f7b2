import { useDeferredValue } from 'react'
import { Link, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router'
import { Brand } from '../components/brand.tsx'
import { ButtonLink } from '../components/button.tsx'
import { FailureMessage } from '../components/failure-message.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { paths } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'
import { useSettings } from '../lib/settings.ts'
import { codeOf, useCode } from '../lib/use-code.ts'
import { commonText } from '../text/common.ts'
import { ConnectionBanner } from './connection-banner.tsx'
import { NoticeRegion } from './notice-region.tsx'
import styles from './shell.module.css'
import { useFocusOnNavigation } from './use-focus-on-navigation.ts'

const memberParts = codeOf(() => import('./member-parts.tsx'))

/** What surrounds every page. */
export function Shell() {
  // The pages of an account appear piece by piece, so that typing and tapping go on meanwhile.
  const { accountId, isUnknown } = useDeferredValue(useSession())
  const { siteName } = useSettings()
  const isNavigating = useNavigation().state !== 'idle'
  const isMember = accountId !== null || isUnknown
  const member = useCode(memberParts, isMember)
  useFocusOnNavigation()

  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip}>
        {commonText.skipToContent}
      </a>
      {isNavigating && <div className={styles.progress} />}
      <header className={styles.header}>
        <Link
          to={accountId ? paths.documents : paths.landing}
          aria-label={commonText.home(siteName)}
          className={styles.home}
        >
          <Brand />
        </Link>
        {accountId && member.data && <member.data.MemberHeader />}
        {!accountId && !isUnknown && <VisitorNavigation />}
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        {isUnknown ? <Resumption /> : <Outlet />}
      </main>
      <div className={styles.foot}>
        {accountId && member.data && <member.data.MemberFoot />}
        <NoticeRegion />
        <ConnectionBanner />
      </div>
      <ScrollRestoration />
    </div>
  )
}

function Resumption() {
  const { data, error, refetch } = useCode(memberParts)
  if (data) return <data.Resumption />
  return error ? <FailureMessage failure={error} onRetry={refetch} /> : <Skeleton rows={1} size="page" />
}

function VisitorNavigation() {
  const { pathname } = useLocation()
  return (
    <nav aria-label={commonText.navigation.label}>
      {pathname !== paths.signIn && (
        <ButtonLink look="quiet" to={paths.signIn}>
          {commonText.navigation.signIn}
        </ButtonLink>
      )}
    </nav>
  )
}

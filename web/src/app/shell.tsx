import { Link, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router'
import { Brand } from '../components/brand.tsx'
import { ButtonLink } from '../components/button.tsx'
import { AccountMenu } from '../features/account/components/account-menu.tsx'
import { paths } from '../lib/paths.ts'
import { useSession } from '../lib/session.ts'
import { text } from '../lib/text.ts'
import { NoticeRegion } from './notice-region.tsx'
import { ResumeSession } from './resume-session.tsx'
import styles from './shell.module.css'
import { useFocusOnNavigation } from './use-focus-on-navigation.ts'

/** What surrounds every page. */
export function Shell() {
  const { accountId, isUnknown } = useSession()
  const { pathname } = useLocation()
  const isNavigating = useNavigation().state !== 'idle'
  useFocusOnNavigation()

  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip}>
        {text.app.skipToContent}
      </a>
      {isNavigating && <div className={styles.progress} />}
      <header className={styles.header}>
        <Link
          to={accountId ? paths.documents : paths.landing}
          aria-label={text.app.home}
          className={styles.home}
        >
          <Brand />
        </Link>
        <nav aria-label={text.app.accountNavigation} className={styles.navigation}>
          {accountId && <AccountMenu />}
          {!accountId && !isUnknown && pathname !== paths.signIn && (
            <ButtonLink look="quiet" to={paths.signIn}>
              {text.account.signIn.title}
            </ButtonLink>
          )}
        </nav>
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        {isUnknown ? <ResumeSession /> : <Outlet />}
      </main>
      <NoticeRegion />
      <ScrollRestoration />
    </div>
  )
}

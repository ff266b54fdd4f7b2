import { NavLink } from 'react-router'
import { paths } from '../../../lib/paths.ts'
import { accountText } from '../../../text/account.ts'
import styles from './account-navigation.module.css'

const words = accountText.pages

const pages = [
  { to: paths.account, label: words.profile },
  { to: paths.accountSecurity, label: words.security },
  { to: paths.accountSessions, label: words.sessions },
]

export function AccountNavigation() {
  return (
    <nav aria-label={words.label}>
      <ul className={styles.pages}>
        {pages.map(({ to, label }) => (
          <li key={to}>
            <NavLink end to={to} className={() => styles.page}>
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}

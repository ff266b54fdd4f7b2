import { useEffect, useId, useRef } from 'react'
import { NavLink } from 'react-router'
import { Button } from '../components/button.tsx'
import { useAccount } from '../features/account/api/get-account.ts'
import { paths } from '../lib/paths.ts'
import { commonText } from '../text/common.ts'
import styles from './main-navigation.module.css'
import { SignOutMenu } from './sign-out-menu.tsx'

const words = commonText.navigation

/** As in the style sheet. */
const WIDE = '(width >= 56rem)'

const pages = [
  { to: paths.documents, label: words.documents },
  { to: paths.media, label: words.media },
  { to: paths.billing, label: words.billing },
  { to: paths.account, label: words.account },
]

const superuserPages = [
  { to: paths.adminUsers, label: words.users },
  { to: paths.adminSystem, label: words.system },
]

/** The pages of an account: a row of links where there is room, a menu where there is none. */
export function MainNavigation() {
  const id = useId()
  const { data: account } = useAccount()
  const menu = useMenu()
  return (
    <>
      <div className={styles.opener}>
        <Button popoverTarget={id}>{words.menu}</Button>
      </div>
      <nav ref={menu} id={id} popover="auto" aria-label={words.label} className={styles.navigation}>
        <ul className={styles.pages}>
          {(account?.is_superuser ? [...pages, ...superuserPages] : pages).map(({ to, label }) => (
            <li key={to}>
              <NavLink to={to} className={() => styles.link} onClick={() => menu.current?.hidePopover()}>
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
        <SignOutMenu />
      </nav>
    </>
  )
}

/** It closes when the window becomes wide enough to do without; Escape and a touch beside it are the browser's part. */
function useMenu() {
  const menu = useRef<HTMLElement>(null)

  useEffect(() => {
    const close = () => menu.current?.hidePopover()
    const wide = matchMedia(WIDE)
    wide.addEventListener('change', close)
    return () => wide.removeEventListener('change', close)
  }, [])

  return menu
}

import { usePageTitle } from '../lib/use-page-title.ts'
import styles from './page-heading.module.css'

type Props = {
  children: string
  /** What the tab says where it differs from the heading. */
  pageTitle?: string
  /** For a page whose content shows its subject already. */
  hidden?: boolean
  /** For a page that takes the place of another at the same address. */
  takesFocus?: boolean
}

/** The one h1 of a page. It takes the focus after a navigation, so that reading starts at the new page. */
export function PageHeading({ children, pageTitle = children, hidden = false, takesFocus = false }: Props) {
  usePageTitle(pageTitle)
  return (
    <h1
      ref={takesFocus ? focus : undefined}
      tabIndex={-1}
      className={hidden ? 'visually-hidden' : styles.heading}
    >
      {children}
    </h1>
  )
}

function focus(heading: HTMLElement | null) {
  heading?.focus()
}

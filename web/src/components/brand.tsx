import { useSettings } from '../lib/settings.ts'
import styles from './brand.module.css'

/** The name stays away until it is known, rather than change under the eyes of a first visitor. */
export function Brand() {
  const { siteName, isKnown } = useSettings()
  return (
    <span className={styles.brand}>
      <svg viewBox="0 0 32 32" className={styles.mark} aria-hidden="true">
        <path d="M23.5 11.5c-4.5-3.2-8.2 9-13.2 9a4.5 4.5 0 1 1 0-9c3.3 0 5.2 4.2 7.2 6.8" />
      </svg>
      <span className={styles.name} data-known={isKnown}>
        {siteName}
      </span>
    </span>
  )
}

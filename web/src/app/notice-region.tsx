import { useEffect } from 'react'
import { dismissNotice, useNotice } from '../lib/notices.ts'
import { subscribeToSession } from '../lib/session.ts'
import styles from './notice-region.module.css'

const SHOWN_MS = 8000

/** Always present, so that a screen reader notices what appears in it. */
export function NoticeRegion() {
  const notice = useNotice()

  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(dismissNotice, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [notice])

  // What one account did is not told to whoever signs in next.
  useEffect(() => subscribeToSession(dismissNotice), [])

  return (
    <div role="status" className={styles.region}>
      {notice && (
        <p key={notice.id} className={styles.notice}>
          {notice.text}
        </p>
      )}
    </div>
  )
}

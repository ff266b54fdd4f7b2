import { useEffect, useRef } from 'react'
import { focusHeading } from '../lib/focus-heading.ts'
import { dismissNotice, type Notice, useNotice } from '../lib/notices.ts'
import { subscribeToSession } from '../lib/session.ts'
import { commonText } from '../text/common.ts'
import styles from './notice-region.module.css'

const SHOWN_MS = 8000
const SHOWN_WITH_ACTION_MS = 20_000

/** Always present, so that a screen reader notices what appears in it. */
export function NoticeRegion() {
  const notice = useNotice()

  // What one account did is not told to whoever signs in next.
  useEffect(() => subscribeToSession(dismissNotice), [])

  return (
    <div role="status" className={styles.region}>
      {notice && <NoticeCard key={notice.id} notice={notice} />}
    </div>
  )
}

/** It goes by itself, but not from under a pointer or the focus. */
function NoticeCard({ notice: { text, action } }: { notice: Notice }) {
  const card = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const leave = () => card.current?.matches(':hover, :focus-within') || dismissNotice()
    const timer = setInterval(leave, action ? SHOWN_WITH_ACTION_MS : SHOWN_MS)
    return () => clearInterval(timer)
  }, [action])

  function act() {
    dismissNotice()
    focusHeading()
    action?.run()
  }

  return (
    <div ref={card} className={styles.notice}>
      <p className={styles.words}>{text}</p>
      {action && (
        <>
          <button type="button" className={styles.action} onClick={act}>
            {action.label}
          </button>
          <button
            type="button"
            className={styles.close}
            aria-label={commonText.dismiss}
            onClick={dismissNotice}
          >
            ×
          </button>
        </>
      )}
    </div>
  )
}

import { Link, useLocation } from 'react-router'
import { formatPercent } from '../../../lib/format-size.ts'
import { paths } from '../../../lib/paths.ts'
import { mediaText } from '../../../text/media.ts'
import { summarizeUploads } from '../uploads/summarize-uploads.ts'
import { useUploads } from '../uploads/upload-store.ts'
import { useAskBeforeUnload } from '../uploads/use-ask-before-unload.ts'
import { useFollowUploads } from '../uploads/use-follow-uploads.ts'
import styles from './upload-indicator.module.css'

const words = mediaText.upload

/** On every page: how far the uploads are, and the way to them. */
export function UploadIndicator() {
  const { isRunning, failed, part } = summarizeUploads(useUploads())
  const isInSight = useLocation().pathname === paths.media
  useFollowUploads({ isInSight })
  useAskBeforeUnload(isRunning)

  if (isInSight || (!isRunning && failed === 0)) return null
  return (
    <Link to={paths.media} className={isRunning ? styles.indicator : `${styles.indicator} ${styles.failed}`}>
      {isRunning ? words.sendingAll(formatPercent(part)) : words.failed(failed)}
      {isRunning && <progress aria-hidden="true" className={styles.progress} value={part} max={1} />}
    </Link>
  )
}

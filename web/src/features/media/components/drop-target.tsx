import { mediaText } from '../../../text/media.ts'
import styles from './drop-target.module.css'

/** Shows over the whole page that files can be let go. */
export function DropTarget() {
  return (
    <div className={styles.target}>
      <p className={styles.words}>{mediaText.upload.dropHere}</p>
    </div>
  )
}

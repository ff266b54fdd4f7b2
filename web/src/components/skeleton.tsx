import { commonText } from '../text/common.ts'
import styles from './skeleton.module.css'

type Props = { rows: number; size: 'item' | 'page' }

/** Holds the place of content that is on its way. It stays invisible for the first moment, so a fast answer does not flicker. */
export function Skeleton({ rows, size }: Props) {
  return (
    <div role="status" className={styles.skeleton}>
      <span className="visually-hidden">{commonText.loading}</span>
      {[...Array(rows).keys()].map((row) => (
        <div key={row} className={`${styles.row} ${styles[size]}`} />
      ))}
    </div>
  )
}

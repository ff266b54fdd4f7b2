import { useConnection } from '../lib/connection.ts'
import { commonText } from '../text/common.ts'
import styles from './connection-banner.module.css'

/** Says that the connection is gone, for as long as it is. Nothing is asked of anyone: work goes on by itself. */
export function ConnectionBanner() {
  const connection = useConnection()
  return (
    <div role="status">
      {connection !== 'up' && <p className={styles.banner}>{commonText.connection[connection]}</p>}
    </div>
  )
}

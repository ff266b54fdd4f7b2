import { ButtonLink } from '../../../components/button.tsx'
import { Message } from '../../../components/message.tsx'
import { Meter } from '../../../components/meter.tsx'
import { formatSize } from '../../../lib/format-size.ts'
import { paths } from '../../../lib/paths.ts'
import { mediaText } from '../../../text/media.ts'
import { useStorage } from '../api/get-storage.ts'
import styles from './storage-meter.module.css'

const NEARLY_FULL = 0.9
const words = mediaText.usage

/** How much of the plan's storage is used, and a way to more before it is full. */
export function StorageMeter() {
  const { data } = useStorage()
  return <div className={styles.storage}>{data && <Measured {...data} />}</div>
}

function Measured({
  limits,
  usage,
}: Pick<NonNullable<ReturnType<typeof useStorage>['data']>, 'limits' | 'usage'>) {
  const { storage_bytes: allowed } = limits
  const { storage_bytes: used } = usage
  if (allowed === null) return <p>{words.usedUnlimited(formatSize(used))}</p>
  return (
    <>
      <Meter
        label={words.label}
        value={used}
        max={allowed}
        valueText={words.used(formatSize(used), formatSize(allowed))}
      />
      {used >= allowed * NEARLY_FULL && (
        <Message tone="info">
          {used < allowed ? words.nearlyFull : words.full}
          <ButtonLink to={paths.billing}>{words.upgrade}</ButtonLink>
        </Message>
      )}
    </>
  )
}

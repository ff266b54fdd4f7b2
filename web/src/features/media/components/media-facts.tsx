import { formatSize } from '../../../lib/format-size.ts'
import { formatMoment } from '../../../lib/format-time.ts'
import { mediaText } from '../../../text/media.ts'
import type { Media } from '../media.ts'
import styles from './media-facts.module.css'

const words = mediaText.details

export function MediaFacts({ media }: { media: Media }) {
  return (
    <dl className={styles.facts}>
      <Fact label={words.type}>{media.media_type}</Fact>
      <Fact label={words.size}>{formatSize(media.size_bytes)}</Fact>
      {media.width !== null && media.height !== null && (
        <Fact label={words.dimensions}>{`${media.width} × ${media.height}`}</Fact>
      )}
      <Fact label={words.added}>{formatMoment(new Date(media.created_at))}</Fact>
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: string }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  )
}

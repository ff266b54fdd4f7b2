import { formatSize } from '../../../lib/format-size.ts'
import { formatAge, formatMoment } from '../../../lib/format-time.ts'
import type { Media } from '../media.ts'
import styles from './media-card.module.css'
import { Thumbnail } from './thumbnail.tsx'

type Props = { media: Media; onOpen: (media: Media) => void }

export function MediaCard({ media, onOpen }: Props) {
  const added = new Date(media.created_at)
  return (
    <button type="button" data-media={media.id} className={styles.card} onClick={() => onOpen(media)}>
      <Thumbnail media={media} />
      <span className={styles.name} title={media.name}>
        {media.name}
      </span>
      <span className={styles.facts}>
        {formatSize(media.size_bytes)}
        <time dateTime={media.created_at} title={formatMoment(added)} className={styles.age}>
          {formatAge(added, new Date())}
        </time>
      </span>
    </button>
  )
}

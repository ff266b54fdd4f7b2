import { Button } from '../../../components/button.tsx'
import { formatSize } from '../../../lib/format-size.ts'
import { mediaText } from '../../../text/media.ts'
import { useRestoreMedia } from '../api/restore-media.ts'
import type { Media } from '../media.ts'
import styles from './deleted-card.module.css'
import { Thumbnail } from './thumbnail.tsx'

export function DeletedCard({ media }: { media: Media }) {
  const restore = useRestoreMedia()
  return (
    <div className={styles.card}>
      <Thumbnail media={media} />
      <p className={styles.name} title={media.name}>
        {media.name}
      </p>
      <p className={styles.facts}>{formatSize(media.size_bytes)}</p>
      <Button
        aria-label={mediaText.restoreNamed(media.name)}
        aria-disabled={restore.isPending}
        onClick={() => !restore.isPending && restore.mutate(media)}
      >
        {mediaText.restore}
      </Button>
    </div>
  )
}

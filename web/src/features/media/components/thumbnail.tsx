import { mediaText } from '../../../text/media.ts'
import { useRenewLinks } from '../api/get-media.ts'
import type { Media } from '../media.ts'
import { FileTile } from './file-tile.tsx'
import styles from './thumbnail.module.css'

/** A small picture of a file, in a frame that has its size before the picture is there. */
export function Thumbnail({ media }: { media: Media }) {
  const renewLinks = useRenewLinks()
  const { links, alt_text: altText, deleted_at: deletedAt } = media
  return (
    <span className={styles.frame}>
      {links.thumbnail && deletedAt === null ? (
        <img
          src={links.thumbnail}
          alt={altText}
          loading="lazy"
          decoding="async"
          className={styles.picture}
          onError={renewLinks}
        />
      ) : (
        <FileTile media={media} {...describeState(media)} />
      )}
    </span>
  )
}

function describeState({ variant_state: state }: Media): { note?: string } {
  if (state === 'pending') return { note: mediaText.preparing }
  return state === 'failed' ? { note: mediaText.noPreview } : {}
}

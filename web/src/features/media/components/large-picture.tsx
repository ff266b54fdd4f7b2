import { useState } from 'react'
import { mediaText } from '../../../text/media.ts'
import { useRenewLinks } from '../api/get-media.ts'
import type { Media } from '../media.ts'
import styles from './large-picture.module.css'

/** A picture as large as there is room. Its place is kept while it comes. */
export function LargePicture({ media, alt }: { media: Media; alt: string }) {
  const renewLinks = useRenewLinks()
  const [failedSource, setFailedSource] = useState<string>()
  const source = media.links.medium ?? media.links.content
  if (source === failedSource) return <p className={styles.failure}>{mediaText.details.pictureFailed}</p>
  return (
    <img
      src={source}
      alt={alt}
      width={media.width ?? undefined}
      height={media.height ?? undefined}
      className={styles.picture}
      onError={() => {
        setFailedSource(source)
        renewLinks()
      }}
    />
  )
}

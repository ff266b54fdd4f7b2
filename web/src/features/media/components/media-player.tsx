import { type SyntheticEvent, useRef, useState } from 'react'
import { mediaText } from '../../../text/media.ts'
import { useRenewLinks } from '../api/get-media.ts'
import type { Media } from '../media.ts'
import styles from './media-player.module.css'

type Props = { as: 'video' | 'audio'; media: Media }

/** Keeps to one link while that works: a newer one would begin from the start. */
export function MediaPlayer({ as: Player, media }: Props) {
  const renewLinks = useRenewLinks()
  const [source, setSource] = useState(media.links.content)
  const [hasFailed, setHasFailed] = useState(false)
  const position = useRef(0)

  if (hasFailed && media.links.content !== source) {
    setSource(media.links.content)
    setHasFailed(false)
  }

  function fail() {
    setHasFailed(true)
    renewLinks()
  }

  return (
    <>
      <Player
        controls
        preload="metadata"
        src={source}
        aria-label={media.name}
        className={styles[Player]}
        onTimeUpdate={({ currentTarget }: Playing) => {
          position.current = currentTarget.currentTime
        }}
        onLoadedMetadata={({ currentTarget }: Playing) => {
          if (position.current > 0) currentTarget.currentTime = position.current
        }}
        onError={fail}
      />
      {hasFailed && (
        <p role="status" className={styles.failure}>
          {mediaText.details.cannotPlay}
        </p>
      )}
    </>
  )
}

type Playing = SyntheticEvent<HTMLMediaElement>

import { mediaText } from '../../../text/media.ts'
import { type Media, shownAs } from '../media.ts'
import { FileTile } from './file-tile.tsx'
import { LargePicture } from './large-picture.tsx'
import { MediaPlayer } from './media-player.tsx'
import styles from './media-stage.module.css'

/** The file itself, as far as a browser can show it. */
export function MediaStage({ media }: { media: Media }) {
  const kind = shownAs(media)
  return (
    <div className={styles.stage}>
      {kind === 'image' && <LargePicture media={media} alt={media.alt_text} />}
      {(kind === 'video' || kind === 'audio') && <MediaPlayer as={kind} media={media} />}
      {kind === 'file' && (
        <div className={styles.words}>
          <FileTile media={media} />
          <p>{mediaText.details.noPreview}</p>
        </div>
      )}
    </div>
  )
}

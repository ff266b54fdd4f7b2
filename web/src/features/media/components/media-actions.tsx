import { Button, ButtonAnchor } from '../../../components/button.tsx'
import { mediaText } from '../../../text/media.ts'
import { useDeleteMedia } from '../api/delete-media.ts'
import type { Media } from '../media.ts'
import styles from './media-actions.module.css'

export function MediaActions({ media, onDeleted }: { media: Media; onDeleted: () => void }) {
  const remove = useDeleteMedia()

  function deleteIt() {
    remove.mutate(media)
    onDeleted()
  }

  return (
    <div className={styles.actions}>
      <ButtonAnchor href={media.links.download} download>
        {mediaText.details.download}
      </ButtonAnchor>
      <Button look="quiet" onClick={deleteIt}>
        {mediaText.details.delete}
      </Button>
    </div>
  )
}

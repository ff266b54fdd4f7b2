import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { FailureMessage } from '../../components/failure-message.tsx'
import { useAttachedMedia, useChangeAttachment } from '../../features/documents/api/attached-media.ts'
import { writeMediaReference } from '../../features/documents/media-address.ts'
import { MediaPicker } from '../../features/media/components/media-picker.tsx'
import { Thumbnail } from '../../features/media/components/thumbnail.tsx'
import { type Media, shownAs } from '../../features/media/media.ts'
import { pauseUntilRefresh } from '../../features/media/pause-until-refresh.ts'
import { showNotice } from '../../lib/notices.ts'
import { commonText } from '../../text/common.ts'
import { documentsText } from '../../text/documents.ts'
import styles from './document-attachments.module.css'

const words = documentsText.files

type Props = {
  /** Null until the first save. */
  documentId: string | null
  /** Puts a paragraph where the caret is in the text. */
  onInsert: (paragraph: string) => void
}

/** The files of a document, under its text. */
export function DocumentAttachments({ documentId, onInsert }: Props) {
  return (
    <section aria-label={words.title} className={styles.attachments}>
      <h2 className={styles.title}>{words.title}</h2>
      {documentId === null ? (
        <p className={styles.hint}>{words.later}</p>
      ) : (
        <Attachments documentId={documentId} onInsert={onInsert} />
      )}
    </section>
  )
}

function Attachments({ documentId, onInsert }: { documentId: string; onInsert: Props['onInsert'] }) {
  const [isChoosing, setIsChoosing] = useState(false)
  const attached = useAttachedMedia(documentId, pauseUntilRefresh)
  const { mutate } = useChangeAttachment(documentId)

  function add({ id: mediaId, name }: Media) {
    setIsChoosing(false)
    mutate({ mediaId, isAttached: true }, { onSuccess: () => showNotice(words.added(name)) })
  }

  function remove({ id: mediaId, name }: Media) {
    const bringBack = () => mutate({ mediaId, isAttached: true })
    const told = () => showNotice(words.removed(name), { label: commonText.undo, run: bringBack })
    mutate({ mediaId, isAttached: false }, { onSuccess: told })
  }

  return (
    <>
      {attached.isError && <FailureMessage failure={attached.error} onRetry={() => attached.refetch()} />}
      {attached.data?.length === 0 && <p className={styles.hint}>{words.none}</p>}
      {attached.data && attached.data.length > 0 && (
        <ul aria-label={words.title} className={styles.list}>
          {attached.data.map((media) => (
            <Attachment key={media.id} media={media} onInsert={onInsert} onRemove={remove} />
          ))}
        </ul>
      )}
      <div>
        <Button onClick={() => setIsChoosing(true)}>{words.add}</Button>
      </div>
      {isChoosing && <MediaPicker onChoose={add} onDismiss={() => setIsChoosing(false)} />}
    </>
  )
}

type AttachmentProps = Pick<Props, 'onInsert'> & { media: Media; onRemove: (media: Media) => void }

function Attachment({ media, onInsert, onRemove }: AttachmentProps) {
  const { id, name, alt_text: altText } = media
  const isPicture = shownAs(media) !== 'file'
  const reference = writeMediaReference(id, (isPicture && altText) || name, isPicture)
  return (
    <li className={styles.item}>
      <span className={styles.thumbnail}>
        <Thumbnail media={media} />
      </span>
      <span className={styles.name}>{name}</span>
      <span className={styles.actions}>
        <Button aria-label={words.insertNamed(name)} onClick={() => onInsert(reference)}>
          {words.insert}
        </Button>
        <Button look="quiet" aria-label={words.removeNamed(name)} onClick={() => onRemove(media)}>
          {words.remove}
        </Button>
      </span>
    </li>
  )
}

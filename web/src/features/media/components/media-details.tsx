import { type KeyboardEvent, useEffect, useId } from 'react'
import { Button } from '../../../components/button.tsx'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { Modal } from '../../../components/modal.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { isHttpFailure } from '../../../lib/failures.ts'
import { mediaText } from '../../../text/media.ts'
import { useMedia } from '../api/get-media.ts'
import type { useMediaList } from '../api/list-media.ts'
import { MediaActions } from './media-actions.tsx'
import styles from './media-details.module.css'
import { MediaFacts } from './media-facts.tsx'
import { MediaFields } from './media-fields.tsx'
import { MediaStage } from './media-stage.tsx'

const words = mediaText.details

type Props = {
  id: string
  /** What it was opened from: the files before and after it are a key away. */
  list: ReturnType<typeof useMediaList>
  onMove: (id: string) => void
  onClose: () => void
}

/** One file, large, with all that is known of it and can be done with it. */
export function MediaDetails({ id, list, onMove, onClose }: Props) {
  const items = list.data ?? []
  const index = items.findIndex((media) => media.id === id)
  const { data: media, error, refetch } = useMedia(id, items[index])
  const previousId = items[index - 1]?.id
  const nextId = index === -1 ? undefined : items[index + 1]?.id
  const titleId = useId()
  useLoadAhead(list, index === items.length - 1)

  function move(event: KeyboardEvent) {
    const target = { ArrowLeft: previousId, ArrowRight: nextId }[event.key]
    if (target !== undefined && !usesArrows(event.target)) onMove(target)
  }

  return (
    <Modal size="wide" aria-labelledby={titleId} onDismiss={onClose} onKeyDown={move}>
      <div className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {media?.name ?? (error ? words.goneTitle : '')}
        </h2>
        <p className={styles.position}>
          {index >= 0 && words.position(index + 1, items.length, list.hasNextPage)}
        </p>
        <Step label={words.previous} sign="←" id={previousId} onMove={onMove} />
        <Step label={words.next} sign="→" id={nextId} onMove={onMove} />
        <Button onClick={onClose}>{words.close}</Button>
      </div>
      {media ? (
        <div key={id} className={styles.body}>
          <MediaStage media={media} />
          <div className={styles.side}>
            <MediaFields media={media} />
            <MediaFacts media={media} />
            <MediaActions media={media} onDeleted={onClose} />
          </div>
        </div>
      ) : isHttpFailure(error, 404, 422) ? (
        <p>{words.gone}</p>
      ) : error ? (
        <FailureMessage failure={error} onRetry={() => refetch()} />
      ) : (
        <Skeleton rows={1} size="page" />
      )}
    </Modal>
  )
}

type StepProps = { label: string; sign: string; id: string | undefined; onMove: (id: string) => void }

/** It stays where it is at either end, so that the focus does too. */
function Step({ label, sign, id, onMove }: StepProps) {
  return (
    <Button look="quiet" aria-label={label} aria-disabled={id === undefined} onClick={() => id && onMove(id)}>
      {sign}
    </Button>
  )
}

/** Where arrows move a caret or a position. */
function usesArrows(target: EventTarget): boolean {
  return target instanceof Element && target.matches('input, textarea, video, audio')
}

/** The way on does not end where a page of the list does. */
function useLoadAhead({ hasNextPage, isFetching, fetchNextPage }: Props['list'], isLast: boolean) {
  useEffect(() => {
    if (isLast && hasNextPage && !isFetching) fetchNextPage()
  }, [isLast, hasNextPage, isFetching, fetchNextPage])
}

import type { ReactNode } from 'react'
import { FailureMessage } from '../../../components/failure-message.tsx'
import { LoadMore } from '../../../components/load-more.tsx'
import { useFocusOnNewItems } from '../../../lib/use-focus-on-new-items.ts'
import { commonText } from '../../../text/common.ts'
import { mediaText } from '../../../text/media.ts'
import type { useMediaList } from '../api/list-media.ts'
import type { Media } from '../media.ts'
import styles from './media-grid.module.css'

const PLACEHOLDERS = 8

type Props = {
  list: ReturnType<typeof useMediaList>
  renderItem: (media: Media) => ReactNode
  /** What stands here when no file fits. */
  empty: ReactNode
}

export function MediaGrid({ list: media, renderItem, empty }: Props) {
  const { list, expectMore } = useFocusOnNewItems<HTMLUListElement>(media.data?.length ?? 0)

  if (media.isPending) return <GridSkeleton />
  if (!media.data) return <FailureMessage failure={media.error} onRetry={() => media.refetch()} />
  if (media.data.length === 0) return empty
  return (
    <>
      <ul
        ref={list}
        aria-label={mediaText.listLabel}
        aria-busy={media.isPlaceholderData}
        className={styles.grid}
      >
        {media.data.map((item) => (
          <li key={item.id}>{renderItem(item)}</li>
        ))}
      </ul>
      <LoadMore query={media} onExpect={expectMore} />
    </>
  )
}

function GridSkeleton() {
  return (
    <div role="status" className={`${styles.grid} ${styles.skeleton}`}>
      <span className="visually-hidden">{commonText.loading}</span>
      {[...Array(PLACEHOLDERS).keys()].map((place) => (
        <div key={place} className={styles.placeholder} />
      ))}
    </div>
  )
}

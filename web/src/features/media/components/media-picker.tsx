import { useId, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Modal } from '../../../components/modal.tsx'
import { SearchField } from '../../../components/search-field.tsx'
import { mediaText } from '../../../text/media.ts'
import { useAllowance } from '../api/get-storage.ts'
import { useMediaList } from '../api/list-media.ts'
import { EVERYTHING, isFiltered, type Media } from '../media.ts'
import { uploadFiles } from '../uploads/upload-queue.ts'
import { useDroppedFiles } from '../uploads/use-dropped-files.ts'
import { usePastedFiles } from '../uploads/use-pasted-files.ts'
import { DropTarget } from './drop-target.tsx'
import { KindFilter } from './kind-filter.tsx'
import { MediaCard } from './media-card.tsx'
import { MediaGrid } from './media-grid.tsx'
import styles from './media-picker.module.css'
import { NoMedia } from './no-media.tsx'
import { UploadButton } from './upload-button.tsx'
import { UploadList } from './upload-list.tsx'

const words = mediaText.picker

type Props = { onChoose: (media: Media) => void; onDismiss: () => void }

/** Chooses one of the account's files, or a new one. */
export function MediaPicker({ onChoose, onDismiss }: Props) {
  const [filter, setFilter] = useState(EVERYTHING)
  const list = useMediaList(filter)
  const allowance = useAllowance()
  const titleId = useId()
  const upload = (files: File[]) => uploadFiles(files, allowance)
  const isOver = useDroppedFiles(upload)
  usePastedFiles(upload)

  return (
    <Modal size="wide" aria-labelledby={titleId} onDismiss={onDismiss}>
      <div className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {words.title}
        </h2>
        <Button onClick={onDismiss}>{words.close}</Button>
      </div>
      <div className={styles.body}>
        <div className={styles.find}>
          <UploadButton onFiles={upload} />
          <div className={styles.search}>
            <SearchField
              label={mediaText.search}
              value={filter.name}
              onSearch={(name) => setFilter({ ...filter, name })}
            />
          </div>
        </div>
        <KindFilter filter={filter} onChange={(part) => setFilter({ ...filter, ...part })} />
        <UploadList />
        <MediaGrid
          list={list}
          renderItem={(media) => <MediaCard media={media} onOpen={onChoose} />}
          empty={
            isFiltered(filter) ? (
              <NoMedia filter={filter} onShowAll={() => setFilter(EVERYTHING)} />
            ) : (
              <EmptyState title={mediaText.emptyTitle} lead={words.empty} />
            )
          }
        />
      </div>
      {isOver && <DropTarget />}
    </Modal>
  )
}

import { useEffect, useRef } from 'react'
import { SearchField } from '../../../components/search-field.tsx'
import { formatSize } from '../../../lib/format-size.ts'
import { mediaText } from '../../../text/media.ts'
import { useAllowance } from '../api/get-storage.ts'
import { useMediaList } from '../api/list-media.ts'
import { EVERYTHING, isFiltered } from '../media.ts'
import { uploadFiles } from '../uploads/upload-queue.ts'
import { useDroppedFiles } from '../uploads/use-dropped-files.ts'
import { usePastedFiles } from '../uploads/use-pasted-files.ts'
import { useLibraryAddress } from '../use-library-address.ts'
import { DeletedCard } from './deleted-card.tsx'
import { DropTarget } from './drop-target.tsx'
import { KindFilter } from './kind-filter.tsx'
import { MediaCard } from './media-card.tsx'
import { MediaDetails } from './media-details.tsx'
import { MediaGrid } from './media-grid.tsx'
import styles from './media-library.module.css'
import { NoMedia } from './no-media.tsx'
import { StorageMeter } from './storage-meter.tsx'
import { UploadButton } from './upload-button.tsx'
import { UploadList } from './upload-list.tsx'

/** All files of an account: finding, opening, adding. */
export function MediaLibrary() {
  const { filter, changeFilter, shownId, show, close } = useLibraryAddress()
  const list = useMediaList(filter)
  const allowance = useAllowance()
  const { uploadBytes } = allowance
  const upload = (files: File[]) => uploadFiles(files, allowance)
  const isOver = useDroppedFiles(upload)
  usePastedFiles(upload)
  useFocusOnClosed(shownId, list.data?.map(({ id }) => id) ?? [])

  return (
    <>
      <div className={styles.add}>
        <div>
          <UploadButton onFiles={upload} />
          <p className={styles.hint}>
            <span className={styles.ways}>{mediaText.upload.hint}</span>{' '}
            {Number.isFinite(uploadBytes) && mediaText.upload.limit(formatSize(uploadBytes))}
          </p>
        </div>
        <StorageMeter />
      </div>
      <UploadList />
      <div className={styles.find}>
        <div className={styles.search}>
          <SearchField
            label={mediaText.search}
            value={filter.name}
            onSearch={(name) => changeFilter({ name })}
          />
        </div>
        <KindFilter hasDeleted filter={filter} onChange={changeFilter} />
      </div>
      <p role="status" className="visually-hidden">
        {isFiltered(filter) &&
          list.data &&
          !list.isPlaceholderData &&
          mediaText.found(list.data.length, list.hasNextPage)}
      </p>
      <MediaGrid
        list={list}
        renderItem={(media) =>
          filter.deleted ? (
            <DeletedCard media={media} />
          ) : (
            <MediaCard media={media} onOpen={({ id }) => show(id)} />
          )
        }
        empty={<NoMedia filter={filter} onShowAll={() => changeFilter(EVERYTHING)} />}
      />
      {shownId !== null && <MediaDetails id={shownId} list={list} onMove={show} onClose={close} />}
      {isOver && <DropTarget />}
    </>
  )
}

/** Closing leads back to the file that was seen last, or to what took its place. */
function useFocusOnClosed(shownId: string | null, ids: string[]) {
  const last = useRef({ id: shownId, index: 0 })

  useEffect(() => {
    const { id, index } = last.current
    last.current = { id: shownId, index: shownId === null ? index : ids.indexOf(shownId) }
    if (shownId !== null || id === null) return
    const cards = [...document.querySelectorAll<HTMLElement>('[data-media]')]
    const card = cards.find(({ dataset }) => dataset.media === id) ?? cards[index] ?? cards.at(-1)
    const target = card ?? document.querySelector<HTMLElement>('main h1')
    target?.focus()
  }, [shownId, ids])
}

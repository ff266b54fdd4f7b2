import { useEffect, useRef } from 'react'
import { Button } from '../../../components/button.tsx'
import { mediaText } from '../../../text/media.ts'
import { summarizeUploads, type UploadSummary } from '../uploads/summarize-uploads.ts'
import { isActive } from '../uploads/upload.ts'
import { cancelEveryUpload } from '../uploads/upload-queue.ts'
import { keepUploads, useUploads } from '../uploads/upload-store.ts'
import styles from './upload-list.module.css'
import { UploadRow } from './upload-row.tsx'

const words = mediaText.upload

/** Every upload of this tab: what is on its way, what went wrong, and what can be done about it. */
export function UploadList() {
  const uploads = useUploads()
  const summary = summarizeUploads(uploads)
  const isEmpty = uploads.length === 0
  const section = useRef<HTMLElement>(null)
  useForgetDone()

  function endOrClear() {
    section.current?.focus()
    if (summary.isRunning) cancelEveryUpload()
    else keepUploads(isActive)
  }

  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={isEmpty ? undefined : words.label}
      className={isEmpty ? styles.empty : styles.uploads}
    >
      <div className={styles.head}>
        {/* Always there, so that a screen reader notices what appears in it. */}
        <p role="status" className={styles.summary}>
          {describe(summary)}
        </p>
        {!isEmpty && (
          <Button look="quiet" onClick={endOrClear}>
            {summary.isRunning ? words.cancelAll : words.clear}
          </Button>
        )}
      </div>
      <ul className={styles.rows}>
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  )
}

function describe({ isRunning, done, total, failed }: UploadSummary): string {
  if (isRunning) return words.running(done, total)
  const parts = [done > 0 && words.uploaded(done), failed > 0 && words.failed(failed)]
  return parts.filter(Boolean).join(', ')
}

/** Whoever leaves has seen what was uploaded; what went wrong is there when they come back. */
function useForgetDone() {
  useEffect(() => () => keepUploads(({ status }) => status !== 'done' && status !== 'cancelled'), [])
}

import type { MouseEvent } from 'react'
import { Link } from 'react-router'
import { Button } from '../../../components/button.tsx'
import { formatPercent } from '../../../lib/format-size.ts'
import { paths } from '../../../lib/paths.ts'
import { mediaText } from '../../../text/media.ts'
import { upgradeText } from '../../../text/upgrade.ts'
import { describeUploadFailure } from '../uploads/describe-upload-failure.ts'
import { isActive, type Upload } from '../uploads/upload.ts'
import { cancelUpload, retryUpload } from '../uploads/upload-queue.ts'
import { keepUploads } from '../uploads/upload-store.ts'
import styles from './upload-row.module.css'

const words = mediaText.upload

export function UploadRow({ upload }: { upload: Upload }) {
  const { file, status, sentBytes } = upload
  const failure = status === 'failed' ? describeUploadFailure(upload.failure) : null
  return (
    <li tabIndex={-1} className={styles.row}>
      <div className={styles.words}>
        <p className={styles.name}>{file.name}</p>
        <p className={failure ? styles.failure : styles.status}>
          {failure?.message ?? describe(upload)}{' '}
          {failure?.isPlanLimit && <Link to={paths.billing}>{upgradeText.seePlans}</Link>}
        </p>
        {isActive(upload) && (
          <progress
            className={styles.progress}
            aria-label={words.progressOf(file.name)}
            value={sentBytes}
            max={file.size}
          />
        )}
      </div>
      {isActive(upload) && <Cancel upload={upload} />}
      {(failure || status === 'cancelled') && (
        <div className={styles.actions}>
          {failure?.isWorthRetrying !== false && <Retry upload={upload} />}
          <Remove upload={upload} />
        </div>
      )}
    </li>
  )
}

function Cancel({ upload: { id, file } }: { upload: Upload }) {
  return (
    <Button
      look="quiet"
      aria-label={words.cancelNamed(file.name)}
      onClick={(event) => {
        rowOf(event)?.focus()
        cancelUpload(id)
      }}
    >
      {words.cancel}
    </Button>
  )
}

function Retry({ upload: { id, file } }: { upload: Upload }) {
  return (
    <Button
      look="quiet"
      aria-label={words.retryNamed(file.name)}
      onClick={(event) => {
        rowOf(event)?.focus()
        retryUpload(id)
      }}
    >
      {words.retry}
    </Button>
  )
}

function Remove({ upload: { id, file } }: { upload: Upload }) {
  return (
    <Button
      look="quiet"
      aria-label={words.removeNamed(file.name)}
      onClick={(event) => {
        const row = rowOf(event)
        const next = row?.nextElementSibling ?? row?.previousElementSibling ?? row?.closest('section')
        if (next instanceof HTMLElement) next.focus()
        keepUploads((kept) => kept.id !== id)
      }}
    >
      {words.remove}
    </Button>
  )
}

/** The button goes, its row stays: keyboards go on from there, and it is read out with its new state. */
function rowOf({ currentTarget }: MouseEvent<HTMLElement>): HTMLElement | null {
  return currentTarget.closest('li')
}

function describe({ status, sentBytes, file }: Upload): string {
  if (status !== 'sending') return status === 'failed' ? '' : words.status[status]
  return sentBytes < file.size
    ? words.status.sending(formatPercent(sentBytes / file.size))
    : words.status.finishing
}

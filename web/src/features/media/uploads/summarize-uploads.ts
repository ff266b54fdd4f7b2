import { isActive, type Upload } from './upload.ts'

export type UploadSummary = { total: number; done: number; failed: number; isRunning: boolean; part: number }

/** All uploads in one line; cancelled ones count as if they had never been asked for. */
export function summarizeUploads(uploads: readonly Upload[]): UploadSummary {
  const wanted = uploads.filter(({ status }) => status !== 'cancelled')
  const sendable = wanted.filter(({ status }) => status !== 'failed')
  const allBytes = sendable.reduce((sum, { file }) => sum + file.size, 0)
  const sentBytes = sendable.reduce((sum, upload) => sum + sentOf(upload), 0)
  return {
    total: wanted.length,
    done: count(wanted, 'done'),
    failed: count(wanted, 'failed'),
    isRunning: uploads.some(isActive),
    part: allBytes === 0 ? 1 : sentBytes / allBytes,
  }
}

function sentOf({ status, file, sentBytes }: Upload): number {
  return status === 'done' ? file.size : Math.min(sentBytes, file.size)
}

function count(uploads: readonly Upload[], status: Upload['status']): number {
  return uploads.filter((upload) => upload.status === status).length
}

import type { Media } from '../media.ts'

/** `pausing`: the connection broke, and it is tried again by itself. */
export type UploadStatus = 'waiting' | 'sending' | 'pausing' | 'done' | 'failed' | 'cancelled'

/** One file on its way. */
export type Upload = {
  /** Also the key by which the service knows a retry. */
  id: string
  file: File
  status: UploadStatus
  sentBytes: number
  /** Why it failed: for a refusal before anything was sent a FileRefusal. */
  failure: unknown
  media: Media | null
}

/** What a plan leaves room for. Null is without limit. */
export type Allowance = { uploadBytes: number; freeBytes: number | null }

/** A file that is not worth sending. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal'
  readonly reason: 'empty' | 'too-large' | 'no-room' | 'unreadable'
  readonly allowedBytes: number

  constructor(reason: FileRefusal['reason'], allowedBytes = 0) {
    super(reason)
    this.reason = reason
    this.allowedBytes = allowedBytes
  }
}

export function isActive({ status }: Upload): boolean {
  return status === 'waiting' || status === 'sending' || status === 'pausing'
}

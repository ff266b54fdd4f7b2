import { AppError } from '@finity/kit/http/app-error.ts'
import type { PlanName } from '../subscriptions/plans.ts'

/** Another account's medium answers the same: whether it exists is nobody else's business. */
export class MediaNotFound extends AppError {
  constructor() {
    super(404, 'MEDIA_NOT_FOUND')
  }
}

/** It can be restored, and then changed. */
export class MediaDeleted extends AppError {
  constructor() {
    super(409, 'MEDIA_DELETED')
  }
}

/** Not made yet, or never, because the file is no picture that can be read. */
export class VariantNotReady extends AppError {
  constructor() {
    super(404, 'VARIANT_NOT_READY')
  }
}

/** RFC 9110 section 15.5.12: what takes place in a plan must say how much. */
export class LengthRequired extends AppError {
  constructor() {
    super(411, 'LENGTH_REQUIRED')
  }
}

export class EmptyUpload extends AppError {
  constructor() {
    super(422, 'EMPTY_UPLOAD', { fields: {} })
  }
}

export class UploadTooLarge extends AppError {
  constructor(plan: PlanName, allowed: number) {
    super(413, 'UPLOAD_TOO_LARGE', { fields: { plan, allowed } })
  }
}

/** Other bytes arrived than the client says it sent. */
export class ChecksumMismatch extends AppError {
  constructor() {
    super(400, 'CHECKSUM_MISMATCH')
  }
}

/** By its content, whatever its name says. */
export class MediaTypeNotAllowed extends AppError {
  constructor(cause?: unknown) {
    super(415, 'MEDIA_TYPE_NOT_ALLOWED', { cause })
  }
}

export class PictureTooLarge extends AppError {
  constructor(pixels: number, allowed: number) {
    super(422, 'PICTURE_TOO_LARGE', { fields: { pixels, allowed } })
  }
}

/** Its header is that of no picture. */
export class PictureUnreadable extends AppError {
  constructor(cause: unknown) {
    super(422, 'PICTURE_UNREADABLE', { fields: {}, cause })
  }
}

/** 507, RFC 4918 section 11.5: the service's own disk, not the account's plan. */
export class StorageFull extends AppError {
  constructor(cause?: unknown) {
    super(507, 'STORAGE_FULL', { cause })
  }
}

import { AppError } from '@finity/kit/http/app-error.ts'

/** Another account's document answers the same: whether it exists is nobody else's business. */
export class DocumentNotFound extends AppError {
  constructor() {
    super(404, 'DOCUMENT_NOT_FOUND')
  }
}

/** What is in the trash is restored or removed, and not changed. */
export class DocumentInTrash extends AppError {
  constructor() {
    super(409, 'DOCUMENT_IN_TRASH')
  }
}

/** Only what is in the trash is removed for good. */
export class DocumentNotInTrash extends AppError {
  constructor() {
    super(409, 'DOCUMENT_NOT_IN_TRASH')
  }
}

export class TooManyMedia extends AppError {
  constructor(allowed: number) {
    super(409, 'TOO_MANY_MEDIA', { fields: { allowed } })
  }
}

/** 428: without the version that it was made from, a change could silently undo another. RFC 6585 section 3. */
export class IfMatchRequired extends AppError {
  constructor() {
    super(428, 'IF_MATCH_REQUIRED')
  }
}

/** 412: somebody else changed it since. The answer says the version that counts now. */
export class DocumentChanged extends AppError {
  constructor(etag: string) {
    super(412, 'DOCUMENT_CHANGED', { headers: { ETag: etag } })
  }
}

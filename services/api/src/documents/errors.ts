import { AppError } from '@finity/kit/http/app-error.ts'

/** Another account's document answers the same: whether it exists is nobody else's business. */
export class DocumentNotFound extends AppError {
  constructor() {
    super(404, 'DOCUMENT_NOT_FOUND')
  }
}

import { AppError } from '@finity/kit/http/app-error.ts'

/** The key was used for another request: one of the two is a mistake of the client. */
export class IdempotencyKeyReused extends AppError {
  constructor() {
    super(422, 'IDEMPOTENCY_KEY_REUSED', { fields: {} })
  }
}

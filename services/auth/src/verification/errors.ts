import { AppError } from '@finity/kit/http/app-error.ts'

/** Unknown, expired or replaced. */
export class VerifyTokenRefused extends AppError {
  constructor() {
    super(400, 'VERIFY_USER_BAD_TOKEN')
  }
}

export class AlreadyVerified extends AppError {
  constructor() {
    super(400, 'VERIFY_USER_ALREADY_VERIFIED')
  }
}

import { AppError } from '@finity/kit/http/app-error.ts'

/** The codes are those of FastAPI Users; the reason is a sentence for people. */
export class PasswordRefused extends AppError {
  constructor(
    code: 'REGISTER_INVALID_PASSWORD' | 'RESET_PASSWORD_INVALID_PASSWORD' | 'UPDATE_USER_INVALID_PASSWORD',
    reason: string,
  ) {
    super(400, code, { fields: { reason } })
  }
}

/** Unknown, expired, replaced or used. */
export class ResetTokenRefused extends AppError {
  constructor() {
    super(400, 'RESET_PASSWORD_BAD_TOKEN')
  }
}

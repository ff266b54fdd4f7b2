import { AppError } from '@finity/kit/http/app-error.ts'

/** FastAPI Users answers 400 with this code. */
export class AccountAlreadyExists extends AppError {
  constructor() {
    super(400, 'REGISTER_USER_ALREADY_EXISTS')
  }
}

export class RegistrationPasswordRefused extends AppError {
  constructor(reason: string) {
    super(400, 'REGISTER_INVALID_PASSWORD', { fields: { reason } })
  }
}

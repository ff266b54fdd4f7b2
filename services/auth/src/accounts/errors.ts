import { AppError } from '@finity/kit/http/app-error.ts'

/** FastAPI Users answers 400 with these codes. */
export class AccountAlreadyExists extends AppError {
  constructor(code: 'REGISTER_USER_ALREADY_EXISTS' | 'UPDATE_USER_EMAIL_ALREADY_EXISTS') {
    super(400, code)
  }
}

export class CurrentPasswordWrong extends AppError {
  constructor() {
    super(400, 'UPDATE_USER_BAD_CURRENT_PASSWORD')
  }
}

/** FastAPI Users says no more than this, also for an id that is none. */
export class AccountNotFound extends AppError {
  constructor() {
    super(404, 'Not Found')
  }
}

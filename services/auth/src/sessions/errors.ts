import { AppError } from '@finity/kit/http/app-error.ts'

/** One answer for an unknown address, a wrong password and an inactive account: it tells a guesser nothing. */
export class BadCredentials extends AppError {
  constructor() {
    super(400, 'LOGIN_BAD_CREDENTIALS')
  }
}

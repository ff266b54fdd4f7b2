import { AppError } from '@finity/kit/http/app-error.ts'
import { Unauthorized } from '@finity/kit/http/http-errors.ts'
import type { Config } from '../config.ts'

/** One answer for an unknown address, a wrong password and an inactive account: it tells a guesser nothing. */
export class BadCredentials extends AppError {
  constructor({ answers }: Config) {
    super(answers === 'strict' ? 401 : 400, 'LOGIN_BAD_CREDENTIALS')
  }
}

/** The password was right, the address is not verified yet, and the configuration asks for that. */
export class AddressNotVerified extends AppError {
  constructor() {
    super(400, 'LOGIN_USER_NOT_VERIFIED')
  }
}

/** 401 of a refresh: there is no session to go on with, so the cookie goes too. */
export class SessionOver extends Unauthorized {
  constructor(clearCookie: string) {
    super()
    this.headers['Set-Cookie'] = clearCookie
  }
}

export class SessionNotFound extends AppError {
  constructor() {
    super(404, 'SESSION_NOT_FOUND')
  }
}

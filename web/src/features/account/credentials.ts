import { HttpFailure, hasCode } from '../../lib/failures.ts'
import { text } from '../../lib/text.ts'

export type Credentials = { email: string; password: string }
/** What is wrong with a field, in words for the person filling it in. */
export type CredentialFaults = { email?: string; password?: string }

export const PASSWORD_MIN_LENGTH = 8
export const PASSWORD_MAX_LENGTH = 128

const words = text.account.errors

export function findSignInFaults({ email, password }: Credentials): CredentialFaults {
  return {
    ...findEmailFault(email),
    ...(password === '' && { password: words.passwordMissing }),
  }
}

export function findRegisterFaults({ email, password }: Credentials): CredentialFaults {
  return { ...findEmailFault(email), ...findPasswordFault(password) }
}

function findEmailFault(email: string): CredentialFaults {
  if (email === '') return { email: words.emailMissing }
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? {} : { email: words.emailInvalid }
}

function findPasswordFault(password: string): CredentialFaults {
  if (password === '') return { password: words.passwordMissing }
  // Counted in code points, as the service counts.
  const length = [...password].length
  if (length < PASSWORD_MIN_LENGTH) return { password: words.passwordTooShort }
  return length > PASSWORD_MAX_LENGTH ? { password: words.passwordTooLong } : {}
}

/** The fields that a refused registration is about; none if it is not about a field. */
export function readRefusedRegistration(failure: unknown): CredentialFaults {
  if (hasCode(failure, 'REGISTER_USER_ALREADY_EXISTS')) return { email: words.emailTaken }
  if (hasCode(failure, 'REGISTER_INVALID_PASSWORD')) {
    return { password: failure.problem.reason ?? words.passwordRejected }
  }
  return readInputFaults(failure)
}

export function readInputFaults(failure: unknown): CredentialFaults {
  if (!(failure instanceof HttpFailure)) return {}
  const fields = new Set(failure.problem.faults.map((fault) => fault.field))
  return {
    ...((fields.has('email') || fields.has('username')) && { email: words.emailInvalid }),
    ...(fields.has('password') && { password: words.passwordRejected }),
  }
}

/** Why a sign-in was refused, where the refusal is about the account and not about a field. */
export function readRefusedSignIn(failure: unknown): string | null {
  if (hasCode(failure, 'LOGIN_BAD_CREDENTIALS')) return words.badCredentials
  if (hasCode(failure, 'LOGIN_USER_NOT_VERIFIED')) return words.notVerified
  return null
}

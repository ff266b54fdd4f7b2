import { HttpFailure } from '../../lib/failures.ts'
import { accountText } from '../../text/account.ts'

export type Credentials = { email: string; password: string; currentPassword?: string }
/** What a form asks for; of a password that is current only whether it is right, which the service knows. */
export type AskedFields = { email?: true; currentPassword?: true; password?: 'current' | 'new' }
/** What is wrong with a field, in words for the person filling it in. */
export type CredentialFaults = { email?: string; currentPassword?: string; password?: string }

export const PASSWORD_MIN_LENGTH = 8
export const PASSWORD_MAX_LENGTH = 128

/** Signing in is refused until the address is confirmed. */
export const NOT_VERIFIED = 'LOGIN_USER_NOT_VERIFIED'

const words = accountText.errors

/** The service's reasons are sentences for developers; each is known by a word of it. */
const passwordReasons: [RegExp, string][] = [
  [/at least|short/i, words.passwordTooShort],
  [/at most|long/i, words.passwordTooLong],
  [/common/i, words.passwordTooCommon],
  [/address|e-?mail/i, words.passwordTooLikeAddress],
]

export function findFaults(
  { email, currentPassword, password }: Credentials,
  asks: AskedFields,
): CredentialFaults {
  return {
    ...(asks.email && findEmailFault(email)),
    ...(asks.currentPassword && !currentPassword && { currentPassword: words.currentPasswordMissing }),
    ...findPasswordFault(password, asks.password),
  }
}

function findEmailFault(email: string): CredentialFaults {
  if (email === '') return { email: words.emailMissing }
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? {} : { email: words.emailInvalid }
}

function findPasswordFault(password: string, kind: AskedFields['password']): CredentialFaults {
  if (kind && password === '') return { password: words.passwordMissing }
  if (kind !== 'new') return {}
  // Counted in code points, as the service counts.
  const length = [...password].length
  if (length < PASSWORD_MIN_LENGTH) return { password: words.passwordTooShort }
  return length > PASSWORD_MAX_LENGTH ? { password: words.passwordTooLong } : {}
}

/** The fields that a refusal is about; none if it is not about a field. */
export function readRefusedFields(failure: unknown): CredentialFaults {
  if (!(failure instanceof HttpFailure)) return {}
  const { code, reason } = failure.problem
  if (code?.endsWith('_USER_ALREADY_EXISTS') || code?.endsWith('_EMAIL_ALREADY_EXISTS'))
    return { email: words.emailTaken }
  if (code?.endsWith('_INVALID_PASSWORD')) return { password: describeRefusedPassword(reason ?? '') }
  if (code === 'UPDATE_USER_BAD_CURRENT_PASSWORD') return { currentPassword: words.currentPasswordWrong }
  const fields = new Set(failure.problem.faults.map((fault) => fault.field))
  return {
    ...((fields.has('email') || fields.has('username')) && { email: words.emailInvalid }),
    ...(fields.has('password') && { password: words.passwordRejected }),
  }
}

function describeRefusedPassword(reason: string): string {
  return passwordReasons.find(([pattern]) => pattern.test(reason))?.[1] ?? words.passwordRejected
}

import { countCharacters } from '@finity/kit/http/schema-parts.ts'

const minLength = 8
const maxLength = 128

/** Why a password is refused, or null. Length is all that counts, in characters of any script. Source: NIST SP 800-63B section 3.1.1.2. */
export function passwordFault(password: string): string | null {
  const length = countCharacters(password)
  if (length < minLength) return `Password should be at least ${minLength} characters`
  if (length > maxLength) return `Password should be at most ${maxLength} characters`
  return null
}

import { countCharacters } from '@finity/kit/http/schema-parts.ts'
import { dictionary } from '@zxcvbn-ts/language-common'

const minLength = 8
const maxLength = 128

/** A word and this much more is no better than the word. */
const slack = 4
const shortestWord = 4
const productWord = 'finity'

/** About 18,000 passwords that leaked most often, as many as are long enough to pass the length rule. */
const common = new Set(dictionary['passwords-common'].filter((password) => password.length >= minLength))

/**
 * Why a password is refused for this account, or null. Any script, no composition rules: length, leaked passwords and
 * words that a guesser tries first are what counts. Source: NIST SP 800-63B section 3.1.1.2, OWASP ASVS 6.2.
 */
export function passwordFault(password: string, email: string): string | null {
  const length = countCharacters(password)
  if (length < minLength) return `Password should be at least ${minLength} characters`
  if (length > maxLength) return `Password should be at most ${maxLength} characters`
  const folded = password.toLowerCase()
  if (common.has(folded)) return 'Password is too common'
  if (guessableWords(email).some((word) => isMostly(folded, word)))
    return 'Password is too like the e-mail address or the name of this service'
  return null
}

function guessableWords(email: string): string[] {
  const [local = '', domain = ''] = email.toLowerCase().split('@')
  return [email.toLowerCase(), local, domain, domain.split('.', 1)[0] ?? '', productWord].filter(
    (word) => word.length >= shortestWord,
  )
}

function isMostly(password: string, word: string): boolean {
  return password.includes(word) && password.length - word.length <= slack
}

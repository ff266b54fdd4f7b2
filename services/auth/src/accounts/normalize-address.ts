import { domainToASCII, domainToUnicode } from 'node:url'

/** Local parts of RFC 6531: letters of any script, no quotes. */
const localPart =
  /^[\p{L}\p{M}\p{N}\p{So}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}\p{So}!#$%&'*+/=?^_`{|}~-]+)*$/u
const domainLetters = /^[\p{L}\p{M}\p{N}.。．｡-]+$/u
/** At least two labels. */
const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
/** Only labels that begin with xn have hyphens at their third and fourth place (RFC 5891 section 4.2.3.1). */
const strangeLabel = /(^|\.)(?!xn)..--/
/** A top-level domain ends with a letter, or is a punycode one. */
const topLevel = /([a-z]|\.xn--[a-z0-9-]*)$/

const longest = { local: 64, address: 254 }

/**
 * An address as it is stored, or null when it is none. Takes what pydantic's EmailStr takes, and writes it so: the local part as
 * given (mail servers may care), the domain in lower case and its own script. Names for special use, such as .test, are fine.
 */
export function normalizeAddress(text: string): string | null {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at).normalize('NFC')
  const ascii = asciiDomain(text.slice(at + 1))
  const isGood =
    at > 0 &&
    ascii !== null &&
    localPart.test(local) &&
    Buffer.byteLength(local) <= longest.local &&
    Buffer.byteLength(`${local}@${ascii}`) <= longest.address
  return isGood ? `${local}@${domainToUnicode(ascii)}` : null
}

function asciiDomain(domain: string): string | null {
  if (domain.length > longest.address || !domainLetters.test(domain)) return null
  const ascii = domainToASCII(domain)
  return domainName.test(ascii) && !strangeLabel.test(ascii) && topLevel.test(ascii) ? ascii : null
}

import { Unauthorized } from './http-errors.ts'

/**
 * The token of an Authorization header. RFC 6750 section 2.1; the scheme's case does not matter (RFC 9110 section 11.1).
 * A part of a JWT has one spelling: the bits that base64url leaves over at its end are zero (RFC 4648 section 3.5).
 */
export function readBearerToken(authorization: string | undefined): string {
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '')?.[1]
  if (!token?.split('.').every(isCanonical)) throw new Unauthorized()
  return token
}

function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part
}

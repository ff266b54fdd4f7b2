import { Unauthorized } from './http-errors.ts'

/** The token of an Authorization header. RFC 6750 section 2.1; the scheme's case does not matter (RFC 9110 section 11.1). */
export function readBearerToken(authorization: string | undefined): string {
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '')?.[1]
  if (!token) throw new Unauthorized()
  return token
}

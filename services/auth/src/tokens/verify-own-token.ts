import { Unauthorized } from '@finity/kit/http/http-errors.ts'
import { type TokenSubject, verifyAccessToken } from '@finity/kit/http/verify-access-token.ts'
import type { JWTHeaderParameters } from 'jose'
import type { Context } from '../context.ts'

/** Whom one of our own access tokens names, or Unauthorized. Whether the session still lives is not looked at. */
export function verifyOwnToken(
  { config, clock, signingKeys }: Pick<Context, 'config' | 'clock' | 'signingKeys'>,
  token: string,
): Promise<TokenSubject> {
  const findKey = async ({ kid }: JWTHeaderParameters) => {
    const key = kid === undefined ? null : await signingKeys.find(kid)
    if (!key) throw new Unauthorized()
    return key
  }
  return verifyAccessToken(token, findKey, config, clock())
}

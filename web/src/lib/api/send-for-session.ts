import { type AccessToken, isExpiring } from '../access-token.ts'
import { isHttpFailure, SessionFailure } from '../failures.ts'
import { renewSession } from '../renew-session.ts'
import { currentAccessToken } from '../session.ts'
import { sendRequest } from './send-request.ts'

/** Sends one request for whoever is signed in. */
export function sendForSession(request: Request): Promise<Response> {
  return withAccessToken((token) => {
    const attempt = request.clone()
    attempt.headers.set('Authorization', `Bearer ${token}`)
    return sendRequest(attempt)
  })
}

/** Lets `send` work with a token that is good; it is called a second time, with a newer one, if that is refused. */
export async function withAccessToken<T>(send: (token: string) => Promise<T>): Promise<T> {
  const held = currentAccessToken()
  if (!held) throw new SessionFailure('nobody is signed in')
  const token = isExpiring(held, Date.now()) ? await renew(held) : held
  try {
    return await send(token.value)
  } catch (failure) {
    if (!isHttpFailure(failure, 401)) throw failure
    return send((await renew(token)).value)
  }
}

/** A token that replaces `used`, of the same account. */
async function renew(used: AccessToken): Promise<AccessToken> {
  const held = currentAccessToken()
  const next = held && held !== used ? held : await renewSession()
  if (next.accountId !== used.accountId) throw new SessionFailure('another account is signed in')
  return next
}

import { type AccessToken, isExpiring } from './access-token.ts'
import { SessionFailure } from './failures.ts'
import { renewSession } from './renew-session.ts'
import { type RequestOptions, readAnswer, sendRequest } from './send-request.ts'
import { currentAccessToken } from './session.ts'

/** Sends one request for whoever is signed in. Resolves with its JSON; throws HttpFailure, NetworkFailure or SessionFailure. */
export async function request<T>(url: string, options: RequestOptions = {}): Promise<T> {
  const held = currentAccessToken()
  if (!held) throw new SessionFailure('nobody is signed in')
  const token = isExpiring(held, Date.now()) ? await renew(held) : held
  const response = await sendRequest(url, options, token.value)
  if (response.status !== 401) return readAnswer<T>(response)
  return readAnswer<T>(await sendRequest(url, options, (await renew(token)).value))
}

/** Sends one request that belongs to no session, such as signing in. */
export async function requestAnonymously<T>(url: string, options: RequestOptions): Promise<T> {
  return readAnswer<T>(await sendRequest(url, options, null))
}

/** A token that replaces `used`, of the same account. */
async function renew(used: AccessToken): Promise<AccessToken> {
  const held = currentAccessToken()
  const next = held && held !== used ? held : await renewSession()
  if (next.accountId !== used.accountId) throw new SessionFailure('another account is signed in')
  return next
}

import { type AccessToken, readAccessToken } from './access-token.ts'
import { isHttpFailure } from './failures.ts'
import { endpoints } from './paths.ts'
import { readAnswer, sendRequest } from './send-request.ts'
import { currentSession, endSession, startSession } from './session.ts'

const LOCK_NAME = 'finity.refresh'

let renewal: Promise<AccessToken> | null = null

/** Trades the browser's cookie for a new access token. Whoever asks while this is under way gets the same answer. */
export function renewSession(): Promise<AccessToken> {
  renewal ??= inTurn(renew).finally(() => {
    renewal = null
  })
  return renewal
}

/** Tabs take turns, because each trade changes the cookie that they share. */
function inTurn<T>(task: () => Promise<T>): Promise<T> {
  // Browsers offer locks to pages of secure origins only; a phone that looks at a development server is on none.
  return 'locks' in navigator ? navigator.locks.request(LOCK_NAME, task) : task()
}

/** Only a 401 ends the session: any other failure says nothing about it. */
async function renew(): Promise<AccessToken> {
  try {
    const response = await sendRequest(endpoints.refresh, { method: 'POST' }, null)
    const { access_token: token } = await readAnswer<{ access_token: string }>(response)
    return isWanted() ? startSession(token) : readAccessToken(token, Date.now())
  } catch (failure) {
    if (isHttpFailure(failure, 401) && isWanted()) endSession('expired')
    throw failure
  }
}

/** Whoever signed out while the answer was on its way stays signed out. */
function isWanted(): boolean {
  const { accountId, isUnknown } = currentSession()
  return accountId !== null || isUnknown
}

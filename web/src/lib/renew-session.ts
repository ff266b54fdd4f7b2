import { type AccessToken, readAccessToken } from './access-token.ts'
import { visitorAuth } from './api/visitor-client.ts'
import { isHttpFailure } from './failures.ts'
import { inTurn } from './in-turn.ts'
import { currentSession, endSession, startSession } from './session.ts'

let renewal: Promise<AccessToken> | null = null

/** Trades the browser's cookie for a new access token. Whoever asks while this is under way gets the same answer. */
export function renewSession(): Promise<AccessToken> {
  // Tabs take turns, because each trade changes the cookie that they share.
  renewal ??= inTurn('refresh', renew).finally(() => {
    renewal = null
  })
  return renewal
}

/** Only a 401 ends the session: any other failure says nothing about it. */
async function renew(): Promise<AccessToken> {
  try {
    const { access_token: token } = await visitorAuth.POST('/auth/refresh')
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

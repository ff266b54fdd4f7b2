import { request } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import { endSession, readSession } from '../../../lib/session.ts'

/** Ends the session here at once; the service is told, but nobody waits for its answer. */
export function signOut() {
  const session = readSession()
  if (!session) return
  endSession('signed-out')
  const { accessToken } = session
  request(endpoints.logOut, { method: 'POST', accessToken, keepalive: true }).catch(ignoreFailure)
}

/** The token is already gone from this browser, and expires on its own where it is known. */
function ignoreFailure() {}

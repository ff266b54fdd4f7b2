import { isHttpFailure } from '../../../lib/failures.ts'
import { request } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import { currentAccessToken, currentSession, endSession } from '../../../lib/session.ts'

/** Ends the session here at once. Nobody waits for the service's answer, but that it could not be told is said. */
export function signOut() {
  if (!currentAccessToken()) return
  const telling = request(endpoints.logOut, { method: 'POST', keepalive: true })
  endSession('signed-out')
  telling.catch((failure) => {
    const isOver = isHttpFailure(failure, 401)
    if (!isOver && currentSession().endReason === 'signed-out') endSession('untold')
  })
}

import { auth } from '../../../lib/api/client.ts'
import { isHttpFailure } from '../../../lib/failures.ts'
import { currentAccessToken, currentSession, endSession } from '../../../lib/session.ts'

/** Ends the session here at once. Nobody waits for the service's answer, but that it could not be told is said. */
export function signOut() {
  if (!currentAccessToken()) return
  const telling = auth.POST('/auth/jwt/logout', { keepalive: true })
  endSession('signed-out')
  telling.catch((failure) => {
    const isOver = isHttpFailure(failure, 401)
    if (!isOver && currentSession().endReason === 'signed-out') endSession('untold')
  })
}

import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { describeClient } from '../events/describe-client.ts'
import { endOtherSessions, endSession, signOut } from './end-sessions.ts'
import { refreshSession } from './refresh-session.ts'
import { requireSession } from './require-account.ts'
import {
  bearerToken,
  endedCount,
  endedSessions,
  sessionList,
  signInForm,
  toBearerToken,
  toSession,
} from './schemas.ts'
import { idleSince } from './session-times.ts'
import { signIn } from './sign-in.ts'

/** The clocks of this process, the database and those who check tokens may differ by this much. */
const clockSkewMs = 60_000

/** Other services sign things for a session, such as links to media, that live for two hours at most. */
const signedForSessionMs = 2 * 3_600_000

const setsCookie = { 'Set-Cookie': 'The refresh token, HttpOnly' }

export function sessionRoutes(context: Context): Route[] {
  return [...signInRoutes(context), ...sessionListRoutes(context), endedSessionsRoute(context)]
}

function signInRoutes(context: Context): Route[] {
  const { cookies } = context
  const login = defineRoute({
    method: 'post',
    path: '/auth/jwt/login',
    operationId: 'signIn',
    summary: 'Trade an address and a password for an access token',
    tag: 'sessions',
    refuseCrossOrigin: true,
    body: { as: 'form', schema: signInForm },
    answers: { 200: { description: 'A bearer token', schema: bearerToken, headers: setsCookie } },
    faults: {
      400: ['LOGIN_BAD_CREDENTIALS', 'LOGIN_USER_NOT_VERIFIED'],
      401: ['LOGIN_BAD_CREDENTIALS (strict answers)'],
      429: ['TOO_MANY_REQUESTS'],
    },
    handler: async ({ body, request }) => {
      const sender = { client: describeClient(request), ...cookies.read(request.header('Cookie')) }
      const signedIn = await signIn(context, { email: body.username, password: body.password }, sender)
      return {
        status: 200,
        body: toBearerToken(signedIn.accessToken),
        headers: {
          'Set-Cookie': [
            cookies.writeRefreshToken(signedIn.refreshToken),
            cookies.writeDeviceToken(signedIn.deviceToken),
          ],
        },
      }
    },
  })
  const refresh = defineRoute({
    method: 'post',
    path: '/auth/refresh',
    operationId: 'refreshSession',
    summary: 'Trade the refresh cookie for a new access token and the next cookie',
    tag: 'sessions',
    cookie: cookies.refreshName,
    refuseCrossOrigin: true,
    answers: { 200: { description: 'A bearer token', schema: bearerToken, headers: setsCookie } },
    faults: { 401: ['Unauthorized'], 429: ['TOO_MANY_REQUESTS'] },
    handler: async ({ request }) => {
      const { refreshToken } = cookies.read(request.header('Cookie'))
      const refreshed = await refreshSession(context, refreshToken, describeClient(request))
      return {
        status: 200,
        body: toBearerToken(refreshed.accessToken),
        headers: { 'Set-Cookie': cookies.writeRefreshToken(refreshed.refreshToken) },
      }
    },
  })
  const logout = defineRoute({
    method: 'post',
    path: '/auth/jwt/logout',
    operationId: 'signOut',
    summary: 'End the session that the token belongs to',
    tag: 'sessions',
    guard: requireSession(context),
    answers: { 204: { description: 'Signed out' } },
    handler: async ({ principal, request }) => {
      await signOut(context, principal, describeClient(request))
      return { status: 204, headers: { 'Set-Cookie': cookies.clearRefreshToken() } }
    },
  })
  return [login, refresh, logout]
}

function sessionListRoutes(context: Context): Route[] {
  const guard = requireSession(context)
  const list = defineRoute({
    method: 'get',
    path: '/auth/sessions',
    operationId: 'listSessions',
    summary: 'Where the account is signed in, last used first',
    tag: 'sessions',
    guard,
    answers: { 200: { description: 'Live sessions', schema: sessionList } },
    handler: async ({ principal }) => {
      const now = context.clock()
      const { account, sessionId } = principal
      const sessions = await context.sessions.listSessions(
        account.id,
        now,
        idleSince(context.config.sessions, now),
      )
      return { status: 200, body: { items: sessions.map((session) => toSession(session, sessionId)) } }
    },
  })
  const endOne = defineRoute({
    method: 'delete',
    path: '/auth/sessions/{id}',
    operationId: 'endSession',
    summary: 'End one session',
    tag: 'sessions',
    guard,
    params: z.object({ id: z.uuid() }),
    answers: { 204: { description: 'Ended' } },
    faults: { 404: ['SESSION_NOT_FOUND'] },
    handler: async ({ principal, params, request }) => {
      await endSession(context, principal, params.id, describeClient(request))
      return { status: 204 }
    },
  })
  const endOthers = defineRoute({
    method: 'delete',
    path: '/auth/sessions',
    operationId: 'endOtherSessions',
    summary: 'End all sessions but this one',
    tag: 'sessions',
    guard,
    answers: { 200: { description: 'How many ended', schema: endedCount } },
    handler: async ({ principal, request }) => ({
      status: 200,
      body: { ended: await endOtherSessions(context, principal, describeClient(request)) },
    }),
  })
  return [list, endOne, endOthers]
}

/** For services that check access tokens by their signature alone; the edge leads nobody else here. */
function endedSessionsRoute({ config, clock, sessions }: Context): Route {
  return defineRoute({
    method: 'get',
    path: '/.well-known/ended-sessions.json',
    operationId: 'listEndedSessions',
    summary:
      'The sessions that ended while an access token of theirs, or what was signed for them, may not have expired',
    tag: 'tokens',
    answers: { 200: { description: 'Values of `sid` that no longer count', schema: endedSessions } },
    handler: async () => {
      const outlivesMs = Math.max(config.accessTokenLifetimeSeconds * 1_000, signedForSessionMs)
      const since = new Date(clock().getTime() - outlivesMs - clockSkewMs)
      return { status: 200, body: { ids: await sessions.listEndedSessions(since) } }
    },
  })
}

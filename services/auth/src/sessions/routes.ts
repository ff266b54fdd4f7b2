import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import type { Context } from '../context.ts'
import { requireAccount } from './require-account.ts'
import { bearerToken, signInForm } from './schemas.ts'
import { signIn } from './sign-in.ts'

export function sessionRoutes(context: Context): Route[] {
  const login = defineRoute({
    method: 'post',
    path: '/auth/jwt/login',
    operationId: 'signIn',
    summary: 'Trade an address and a password for an access token',
    tag: 'sessions',
    body: { as: 'form', schema: signInForm },
    answers: { 200: { description: 'A bearer token', schema: bearerToken } },
    faults: { 400: ['LOGIN_BAD_CREDENTIALS'] },
    handler: async ({ body }) => ({
      status: 200,
      body: {
        access_token: await signIn(context, body.username, body.password),
        token_type: 'bearer' as const,
      },
    }),
  })
  const logout = defineRoute({
    method: 'post',
    path: '/auth/jwt/logout',
    operationId: 'signOut',
    summary: 'End the session; the client forgets its token',
    tag: 'sessions',
    guard: requireAccount(context),
    answers: { 204: { description: 'Signed out' } },
    handler: async () => ({ status: 204 }),
  })
  return [login, logout]
}

import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import type { Context } from '../context.ts'
import { requireAccount } from '../sessions/require-account.ts'
import { registerAccount } from './register-account.ts'
import { toUserRead, userCreate, userRead } from './schemas.ts'

export function accountRoutes(context: Context): Route[] {
  const register = defineRoute({
    method: 'post',
    path: '/auth/register',
    operationId: 'registerAccount',
    summary: 'Make an account',
    tag: 'accounts',
    body: { as: 'json', schema: userCreate },
    answers: { 201: { description: 'The new account', schema: userRead } },
    faults: { 400: ['REGISTER_USER_ALREADY_EXISTS', 'REGISTER_INVALID_PASSWORD', 'INVALID_JSON'] },
    handler: async ({ body }) => ({ status: 201, body: toUserRead(await registerAccount(context, body)) }),
  })
  const readOwn = defineRoute({
    method: 'get',
    path: '/users/me',
    operationId: 'readOwnAccount',
    summary: 'The account that the token belongs to',
    tag: 'accounts',
    guard: requireAccount(context),
    answers: { 200: { description: 'The account', schema: userRead } },
    handler: async ({ principal }) => ({ status: 200, body: toUserRead(principal) }),
  })
  return [register, readOwn]
}

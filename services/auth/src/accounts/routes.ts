import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { describeClient } from '../events/describe-client.ts'
import { requireAccount } from '../sessions/require-account.ts'
import { changeAccount, confirmOwner } from './change-account.ts'
import { registerAccount, registerQuietly } from './register-account.ts'
import {
  deletedAccounts,
  deletedAccountsQuery,
  ownUpdate,
  toDeletedAccount,
  toOwnChange,
  toUserRead,
  userCreate,
  userRead,
} from './schemas.ts'
import { superuserRoutes } from './superuser-routes.ts'

/** So many deleted accounts are told at once. */
const deletedPageSize = 1_000

export function accountRoutes(context: Context): Route[] {
  return [
    registerRoute(context),
    ...ownAccountRoutes(context),
    ...superuserRoutes(context),
    deletedAccountsRoute(context),
  ]
}

function registerRoute(context: Context): Route {
  const isStrict = context.config.answers === 'strict'
  return defineRoute({
    method: 'post',
    path: '/auth/register',
    operationId: 'registerAccount',
    summary: 'Make an account',
    tag: 'accounts',
    body: { as: 'json', schema: userCreate },
    answers: {
      201: { description: 'The new account', schema: userRead },
      202: { description: 'The same for every address (strict answers)', schema: z.null() },
    },
    faults: {
      400: ['REGISTER_USER_ALREADY_EXISTS', 'REGISTER_INVALID_PASSWORD'],
      429: ['TOO_MANY_REQUESTS'],
    },
    handler: async ({ body, request }) => {
      const client = describeClient(request)
      if (!isStrict) return { status: 201, body: toUserRead(await registerAccount(context, body, client)) }
      await registerQuietly(context, body, client)
      return { status: 202, body: null }
    },
  })
}

function ownAccountRoutes(context: Context): Route[] {
  const guard = requireAccount(context)
  const answers = { 200: { description: 'The account', schema: userRead } } as const
  const read = defineRoute({
    method: 'get',
    path: '/users/me',
    operationId: 'readOwnAccount',
    summary: 'The account that the token belongs to',
    tag: 'accounts',
    guard,
    answers,
    faults: { 403: ['Forbidden'] },
    handler: async ({ principal }) => ({ status: 200, body: toUserRead(principal.account) }),
  })
  const change = defineRoute({
    method: 'patch',
    path: '/users/me',
    operationId: 'changeOwnAccount',
    summary: 'Change the address or the password',
    tag: 'accounts',
    guard,
    body: { as: 'json', schema: ownUpdate },
    answers,
    faults: {
      400: [
        'UPDATE_USER_EMAIL_ALREADY_EXISTS',
        'UPDATE_USER_INVALID_PASSWORD',
        'UPDATE_USER_BAD_CURRENT_PASSWORD',
      ],
      403: ['Forbidden'],
      429: ['TOO_MANY_REQUESTS'],
    },
    handler: async ({ principal: { account, sessionId }, body, request }) => {
      const asked = toOwnChange(body)
      if (asked.email !== undefined || asked.password !== undefined)
        await confirmOwner(context, account, body.current_password ?? undefined)
      const by = { client: describeClient(request), sessionId }
      return { status: 200, body: toUserRead(await changeAccount(context, account, asked, by)) }
    },
  })
  return [read, change]
}

/** For services that keep things of accounts; the edge leads nobody else here. */
function deletedAccountsRoute({ deletedAccounts: store }: Context): Route {
  return defineRoute({
    method: 'get',
    path: '/.well-known/deleted-accounts.json',
    operationId: 'listDeletedAccounts',
    summary: 'The accounts that were deleted, in an order in which none appears later before another',
    tag: 'accounts',
    query: deletedAccountsQuery,
    answers: {
      200: {
        description: 'Those after a position, and the position of the last of all',
        schema: deletedAccounts,
      },
    },
    handler: async ({ query: { after } }) => {
      const position = await store.findLastPosition()
      const accounts = await store.listDeletedAccounts(after, deletedPageSize)
      return { status: 200, body: { items: accounts.map(toDeletedAccount), position } }
    },
  })
}

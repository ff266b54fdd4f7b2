import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { describeClient } from '../events/describe-client.ts'
import { requireAccount, requireSuperuser } from '../sessions/require-account.ts'
import type { Account } from './account-store.ts'
import { changeAccount, confirmOwner, removeAccount } from './change-account.ts'
import { AccountNotFound } from './errors.ts'
import { registerAccount, registerQuietly } from './register-account.ts'
import {
  ownUpdate,
  toAccountChange,
  toOwnChange,
  toUserRead,
  userCreate,
  userRead,
  userUpdate,
} from './schemas.ts'

export function accountRoutes(context: Context): Route[] {
  return [registerRoute(context), ...ownAccountRoutes(context), ...superuserRoutes(context)]
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

function superuserRoutes(context: Context): Route[] {
  const guard = requireSuperuser(context)
  const params = z.object({ id: z.string() })
  const find = (id: string) => findAccount(context, id)
  const read = defineRoute({
    method: 'get',
    path: '/users/{id}',
    operationId: 'readAccount',
    summary: 'An account (superusers)',
    tag: 'accounts',
    guard,
    params,
    answers: { 200: { description: 'The account', schema: userRead } },
    faults: { 403: ['Forbidden'], 404: ['Not Found'] },
    handler: async ({ params: { id } }) => ({ status: 200, body: toUserRead(await find(id)) }),
  })
  const change = defineRoute({
    method: 'patch',
    path: '/users/{id}',
    operationId: 'changeAccount',
    summary: 'Change an account (superusers)',
    tag: 'accounts',
    guard,
    params,
    body: { as: 'json', schema: userUpdate },
    answers: { 200: { description: 'The account', schema: userRead } },
    faults: {
      400: ['UPDATE_USER_EMAIL_ALREADY_EXISTS', 'UPDATE_USER_INVALID_PASSWORD'],
      403: ['Forbidden'],
      404: ['Not Found'],
    },
    handler: async ({ principal, params: { id }, body, request }) => {
      const by = { client: describeClient(request), actorId: principal.account.id }
      const changed = await changeAccount(context, await find(id), toAccountChange(body), by)
      return { status: 200, body: toUserRead(changed) }
    },
  })
  const remove = defineRoute({
    method: 'delete',
    path: '/users/{id}',
    operationId: 'removeAccount',
    summary: 'Delete an account (superusers)',
    tag: 'accounts',
    guard,
    params,
    answers: { 204: { description: 'Deleted' } },
    faults: { 403: ['Forbidden'], 404: ['Not Found'] },
    handler: async ({ params: { id } }) => {
      await removeAccount(context, (await find(id)).id)
      return { status: 204 }
    },
  })
  return [read, change, remove]
}

async function findAccount({ accounts }: Context, id: string): Promise<Account> {
  const account = z.uuid().safeParse(id).success ? await accounts.findAccountById(id) : null
  if (!account) throw new AccountNotFound()
  return account
}

import { defineRoute, type Route } from '@finity/kit/http/define-route.ts'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { describeClient } from '../events/describe-client.ts'
import { endSessionsOf } from '../sessions/end-sessions.ts'
import { requireSuperuser } from '../sessions/require-account.ts'
import { idleSince } from '../sessions/session-times.ts'
import type { Account } from './account-store.ts'
import { changeAccount, removeAccount } from './change-account.ts'
import { AccountNotFound } from './errors.ts'
import {
  accountPage,
  accountPageQuery,
  toAccountChange,
  toAccountPage,
  toUserRead,
  userRead,
  userUpdate,
} from './schemas.ts'

/** What a superuser may do with the accounts of others. */
export function superuserRoutes(context: Context): Route[] {
  return [listRoute(context), ...singleRoutes(context)]
}

function listRoute(context: Context): Route {
  return defineRoute({
    method: 'get',
    path: '/users',
    operationId: 'listAccounts',
    summary: 'One page of all accounts, newest first (superusers)',
    tag: 'accounts',
    guard: requireSuperuser(context),
    query: accountPageQuery,
    answers: { 200: { description: 'A page', schema: accountPage } },
    faults: { 403: ['Forbidden'] },
    handler: async ({ query: { limit, cursor, q } }) => {
      const now = context.clock()
      const accounts = await context.accounts.listAccounts({
        part: q,
        before: cursor,
        // One more tells whether there is a next page.
        limit: limit + 1,
        now,
        idleSince: idleSince(context.config.sessions, now),
      })
      return { status: 200, body: toAccountPage(accounts, limit) }
    },
  })
}

function singleRoutes(context: Context): Route[] {
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
  const endSessions = defineRoute({
    method: 'delete',
    path: '/users/{id}/sessions',
    operationId: 'endSessionsOfAccount',
    summary: 'Sign an account out everywhere (superusers)',
    tag: 'accounts',
    guard,
    params,
    answers: { 204: { description: 'None is left' } },
    faults: { 403: ['Forbidden'], 404: ['Not Found'] },
    handler: async ({ principal, params: { id }, request }) => {
      const by = { client: describeClient(request), actorId: principal.account.id }
      await endSessionsOf(context, (await find(id)).id, by)
      return { status: 204 }
    },
  })
  return [read, change, remove, endSessions]
}

async function findAccount({ accounts }: Context, id: string): Promise<Account> {
  const account = z.uuid().safeParse(id).success ? await accounts.findAccountById(id) : null
  if (!account) throw new AccountNotFound()
  return account
}

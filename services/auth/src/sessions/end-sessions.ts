import type { Context } from '../context.ts'
import type { Client } from '../events/describe-client.ts'
import { SessionNotFound } from './errors.ts'
import type { Principal } from './require-account.ts'

/** Ends the session that the request came with. */
export async function signOut(
  context: Context,
  { account, sessionId }: Principal,
  client: Client,
): Promise<void> {
  const now = context.clock()
  await context.transact(async ({ sessions, events }) => {
    await sessions.removeSession({ sessionId, accountId: account.id })
    await events.addEvent({ kind: 'signed-out', accountId: account.id, client, now })
  })
}

/** Ends one of the account's sessions, which may be its own. */
export async function endSession(
  context: Context,
  { account }: Principal,
  id: string,
  client: Client,
): Promise<void> {
  const now = context.clock()
  await context.transact(async ({ sessions, events }) => {
    if (!(await sessions.removeSession({ sessionId: id, accountId: account.id }))) throw new SessionNotFound()
    await events.addEvent({ kind: 'session-ended', accountId: account.id, client, now })
  })
}

/** Ends all sessions of an account, because an administrator says so. */
export async function endSessionsOf(
  context: Context,
  accountId: string,
  by: { client: Client; actorId: string },
): Promise<void> {
  const now = context.clock()
  await context.transact(async ({ sessions, events }) => {
    const ended = await sessions.removeSessions(accountId)
    if (ended > 0) await events.addEvent({ kind: 'session-ended', accountId, ...by, now })
  })
}

/** Ends all sessions of the account but its own. Returns how many. */
export async function endOtherSessions(
  context: Context,
  { account, sessionId }: Principal,
  client: Client,
): Promise<number> {
  const now = context.clock()
  return context.transact(async ({ sessions, events }) => {
    const ended = await sessions.removeSessions(account.id, sessionId)
    if (ended > 0) await events.addEvent({ kind: 'session-ended', accountId: account.id, client, now })
    return ended
  })
}

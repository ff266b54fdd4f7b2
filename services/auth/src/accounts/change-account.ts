import type { Context, Stores } from '../context.ts'
import type { Client } from '../events/describe-client.ts'
import { PasswordRefused } from '../passwords/errors.ts'
import { passwordFault } from '../passwords/password-policy.ts'
import { type Account, AddressTaken } from './account-store.ts'
import { AccountAlreadyExists, AccountNotFound, CurrentPasswordWrong } from './errors.ts'

/** What is undefined stays as it is. */
export type AccountChange = {
  email?: string | undefined
  password?: string | undefined
  isActive?: boolean | undefined
  isSuperuser?: boolean | undefined
  isVerified?: boolean | undefined
}

/** Who changes an account, from where. */
export type Change = {
  client: Client
  /** The administrator, when it is not the account's own owner. */
  actorId?: string
  /** The session that a new password leaves alive: the one that the request came with. */
  sessionId?: string
}

/** Whether an owner may change password or address: where the current password is given it must be right, and strict answers ask for it. */
export async function confirmOwner(
  { limits, passwords, config }: Context,
  account: Account,
  currentPassword: string | undefined,
): Promise<void> {
  if (currentPassword === undefined && config.answers === 'contract') return
  await limits.take('password-by-account', account.id)
  if (!(await passwords.verify(account.hashedPassword, currentPassword ?? '')))
    throw new CurrentPasswordWrong()
  await limits.clear('password-by-account', account.id)
}

/**
 * Applies a change with everything that follows from it, in one transaction: a new address is not verified and the old one
 * is told; a new password ends the other sessions; deactivation and the loss of rights end all.
 */
export async function changeAccount(
  context: Context,
  account: Account,
  change: AccountChange,
  by: Change,
): Promise<Account> {
  const fields = await fieldsOf(context, account, change)
  const hasNewAddress = fields.email !== undefined
  const next = await context
    .transact(async (stores) => {
      const before = await stores.accounts.lockAccount(account.id)
      if (!before) throw new AccountNotFound()
      const changed = await stores.accounts.changeAccount(account.id, fields)
      if (hasNewAddress) await followNewAddress(context, stores, before, changed, by)
      if (fields.hashedPassword !== undefined) await followNewPassword(context, stores, changed, by)
      await followNewRights(context, stores, before, changed, by)
      return changed
    })
    .catch((error: unknown) => {
      throw error instanceof AddressTaken
        ? new AccountAlreadyExists('UPDATE_USER_EMAIL_ALREADY_EXISTS')
        : error
    })
  context.mailSender.wake()
  return next
}

type Fields = Partial<Omit<Account, 'id'>>

async function fieldsOf(context: Context, account: Account, change: AccountChange): Promise<Fields> {
  const { email, password, isActive, isSuperuser, isVerified } = change
  const hasNewAddress = email !== undefined && email !== account.email
  return {
    ...(hasNewAddress && { email, isVerified: false }),
    ...(password !== undefined && {
      hashedPassword: await hashNewPassword(context, password, email ?? account.email),
    }),
    ...(isActive !== undefined && { isActive }),
    ...(isSuperuser !== undefined && { isSuperuser }),
    ...(isVerified !== undefined && { isVerified }),
  }
}

async function hashNewPassword({ passwords }: Context, password: string, email: string): Promise<string> {
  const fault = passwordFault(password, email)
  if (fault) throw new PasswordRefused('UPDATE_USER_INVALID_PASSWORD', fault)
  return passwords.hash(password)
}

async function followNewAddress(
  { clock }: Context,
  { linkTokens, events, outbox }: Stores,
  before: Account,
  after: Account,
  { client, actorId }: Change,
): Promise<void> {
  const now = clock()
  await linkTokens.removeTokens(after.id)
  await events.addEvent({
    kind: 'address-changed',
    accountId: after.id,
    client,
    actorId,
    now,
  })
  const facts = { ...shownTo(client, actorId), newAddress: after.email, at: now.toISOString() }
  await outbox.addMail({ kind: 'address-changed', recipient: before.email, facts, now })
  if (!after.isVerified) await outbox.addMail({ kind: 'verify-address', recipient: after.email, now })
}

async function followNewPassword(
  { clock }: Context,
  { linkTokens, sessions, events, outbox }: Stores,
  account: Account,
  { client, actorId, sessionId }: Change,
): Promise<void> {
  const now = clock()
  await linkTokens.removeTokens(account.id)
  await sessions.removeSessions(account.id, sessionId)
  await events.addEvent({
    kind: 'password-changed',
    accountId: account.id,
    client,
    actorId,
    now,
  })
  const facts = { ...shownTo(client, actorId), at: now.toISOString() }
  await outbox.addMail({ kind: 'password-changed', recipient: account.email, facts, now })
}

/** An administrator's whereabouts are not the account's business. */
function shownTo(client: Client, actorId: string | undefined): Client {
  return actorId === undefined ? client : { device: 'An administrator', address: 'not shown' }
}

async function followNewRights(
  { clock }: Context,
  { linkTokens, sessions, events }: Stores,
  before: Account,
  after: Account,
  { client, actorId }: Change,
): Promise<void> {
  const isSame =
    before.isActive === after.isActive &&
    before.isSuperuser === after.isSuperuser &&
    (before.isVerified === after.isVerified || before.email !== after.email)
  if (isSame || !actorId) return
  // Access tokens say what their account may do: whoever may do less now gets no more use of an old one.
  const mayLess = !after.isActive || (before.isSuperuser && !after.isSuperuser)
  if (mayLess) await sessions.removeSessions(after.id)
  // A link from before must not undo what the administrator decided.
  await linkTokens.removeTokens(after.id)
  await events.addEvent({
    kind: 'account-changed-by-admin',
    accountId: after.id,
    client,
    actorId,
    now: clock(),
  })
}

/** Removes an account with its sessions, links and events. */
export async function removeAccount({ accounts }: Context, id: string): Promise<void> {
  if (!(await accounts.removeAccount(id))) throw new AccountNotFound()
}

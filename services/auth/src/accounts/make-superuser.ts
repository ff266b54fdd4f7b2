import { randomBytes } from 'node:crypto'
import { StartupFault } from '@finity/kit/env/startup-fault.ts'
import type { Context } from '../context.ts'
import type { Account } from './account-store.ts'
import { email as emailSchema } from './schemas.ts'

const operator = { address: '', device: 'Operator' }

/**
 * Makes an account a superuser, or makes one with a password that nobody knows, and returns a sentence with a link that sets
 * it: no password passes through a shell's history, and no mail server is needed.
 */
export async function makeSuperuser(context: Context, address = ''): Promise<string> {
  const email = emailSchema.safeParse(address)
  if (!email.success) throw new StartupFault('Usage: make-superuser ADDRESS, for example ada@example.com')
  const account =
    (await context.accounts.findAccountByEmail(email.data)) ?? (await addAccount(context, email.data))
  await context.transact(async ({ accounts, events }) => {
    await accounts.changeAccount(account.id, { isSuperuser: true, isActive: true, isVerified: true })
    await events.addEvent({
      kind: 'account-changed-by-admin',
      accountId: account.id,
      client: operator,
      now: context.clock(),
    })
  })
  const token = await context.links.issue(account.id, 'reset')
  const minutes = Math.floor(context.config.links.resetLifetimeSeconds / 60)
  return [
    `${account.email} is a superuser.`,
    `Set the password within ${minutes} minutes: ${context.config.frontendUrl}/reset-password#token=${token}`,
  ].join('\n')
}

async function addAccount({ accounts, passwords }: Context, email: string): Promise<Account> {
  const hashedPassword = await passwords.hash(randomBytes(32).toString('base64url'))
  const account = await accounts.addAccount({ email, hashedPassword })
  if (!account) throw new StartupFault('Somebody registered this address just now: run this again.')
  return account
}

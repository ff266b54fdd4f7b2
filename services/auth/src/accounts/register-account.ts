import type { Context } from '../context.ts'
import { passwordFault } from '../passwords/password-policy.ts'
import type { Account } from './account-store.ts'
import { AccountAlreadyExists, RegistrationPasswordRefused } from './errors.ts'

export type Registration = { email: string; password: string }

export async function registerAccount(context: Context, { email, password }: Registration): Promise<Account> {
  const fault = passwordFault(password)
  if (fault) throw new RegistrationPasswordRefused(fault)
  // Asked first only to spare the hash; the store has the last word.
  if (await context.accounts.findAccountByEmail(email)) throw new AccountAlreadyExists()
  const hashedPassword = await context.passwords.hash(password)
  const account = await context.accounts.addAccount({ email, hashedPassword })
  if (!account) throw new AccountAlreadyExists()
  return account
}

import type { Context } from '../context.ts'
import { issueAccessToken } from '../tokens/issue-access-token.ts'
import { BadCredentials } from './errors.ts'

/** Returns an access token. An unknown address costs one verification like a known one, so the time tells nothing. */
export async function signIn(context: Context, email: string, password: string): Promise<string> {
  const account = await context.accounts.findAccountByEmail(email.trim())
  const isRight = await context.passwords.verify(account?.hashedPassword, password)
  if (!account?.isActive || !isRight) throw new BadCredentials()
  return issueAccessToken(context, account.id)
}

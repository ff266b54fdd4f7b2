import type { RequestFacts } from '@finity/kit/http/define-route.ts'
import { Unauthorized } from '@finity/kit/http/http-errors.ts'
import { readBearerToken } from '@finity/kit/http/read-bearer-token.ts'
import type { Account } from '../accounts/account-store.ts'
import type { Context } from '../context.ts'
import { verifyAccessToken } from '../tokens/verify-access-token.ts'

/** The active account whose token comes with the request, or Unauthorized. */
export function requireAccount(context: Context): (request: RequestFacts) => Promise<Account> {
  return async ({ authorization }) => {
    const accountId = await verifyAccessToken(context, readBearerToken(authorization))
    const account = await context.accounts.findAccountById(accountId)
    if (!account?.isActive) throw new Unauthorized()
    return account
  }
}

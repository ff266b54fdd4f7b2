import { request } from '../../../lib/http-client.ts'
import { endpoints } from '../../../lib/paths.ts'
import type { Account } from '../../../lib/session.ts'

export async function getAccount(accessToken: string): Promise<Account> {
  const { id, email } = await request<Account>(endpoints.currentAccount, { accessToken })
  return { id, email }
}

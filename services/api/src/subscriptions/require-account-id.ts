import { z } from 'zod'
import { AccountNotFound } from './errors.ts'

const uuid = z.guid()

/** PostgreSQL would refuse a malformed UUID with an error; for a reader it is an account that does not exist. */
export function requireAccountId(id: string): string {
  if (!uuid.safeParse(id).success) throw new AccountNotFound()
  return id
}

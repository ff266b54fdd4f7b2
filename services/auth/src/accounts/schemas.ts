import { z } from 'zod'
import type { Account } from './account-store.ts'

/** ASCII addresses: local part at most 64 characters (RFC 5321), domain with a dot. */
const emailPattern =
  /^(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/

/** Keeps the local part as it was given, as mail servers may care; domains have no case. */
const email = z
  .string()
  .trim()
  .max(320)
  .regex(emailPattern, 'value is not a valid email address')
  .transform((address) => address.replace(/@.*$/, (domain) => domain.toLowerCase()))
  .meta({ format: 'email' })

/** The three flags are accepted because clients of FastAPI Users send them, and ignored because nobody may set them. */
const ignoredFlag = z.boolean().nullish()

export const userCreate = z
  .object({
    email,
    password: z.string(),
    is_active: ignoredFlag,
    is_superuser: ignoredFlag,
    is_verified: ignoredFlag,
  })
  .meta({ title: 'UserCreate' })

export const userRead = z
  .object({
    id: z.uuid(),
    email: z.string(),
    is_active: z.boolean(),
    is_superuser: z.boolean(),
    is_verified: z.boolean(),
  })
  .meta({ title: 'UserRead' })

export function toUserRead(account: Account): z.input<typeof userRead> {
  return {
    id: account.id,
    email: account.email,
    is_active: account.isActive,
    is_superuser: account.isSuperuser,
    is_verified: account.isVerified,
  }
}

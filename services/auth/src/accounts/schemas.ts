import { z } from 'zod'
import type { Account } from './account-store.ts'
import type { AccountChange } from './change-account.ts'
import { normalizeAddress } from './normalize-address.ts'

/** More than this is not looked at. */
const longestAddress = 320

export const email = z
  .string()
  .trim()
  .transform((text, context) => {
    const address = text.length > longestAddress ? null : normalizeAddress(text)
    if (address !== null) return address
    context.issues.push({ code: 'custom', message: 'value is not a valid email address', input: text })
    return z.NEVER
  })
  .meta({ format: 'email' })

/** What pydantic reads as a boolean besides true and false. */
const booleans = new Map<unknown, boolean>([
  ...['1', 'true', 't', 'yes', 'y', 'on', 1].map((yes) => [yes, true] as const),
  ...['0', 'false', 'f', 'no', 'n', 'off', 0].map((no) => [no, false] as const),
])

const flag = z.preprocess(
  (value) => booleans.get(typeof value === 'string' ? value.toLowerCase() : value) ?? value,
  z.boolean().nullish(),
)

/** The three flags are accepted because clients of FastAPI Users send them, and ignored because nobody may set them. */
const ignoredFlag = flag.optional()

export const userCreate = z
  .object({
    email,
    password: z.string(),
    is_active: ignoredFlag,
    is_superuser: ignoredFlag,
    is_verified: ignoredFlag,
  })
  .meta({ title: 'UserCreate' })

/** Null is as good as absent, as in FastAPI Users. */
const userUpdateFields = {
  email: email.nullish(),
  password: z.string().nullish(),
  is_active: flag.optional(),
  is_superuser: flag.optional(),
  is_verified: flag.optional(),
}

export const userUpdate = z.object(userUpdateFields).meta({ title: 'UserUpdate' })

export const ownUpdate = z
  .object({ ...userUpdateFields, current_password: z.string().nullish() })
  .meta({ title: 'OwnUserUpdate' })

export function toAccountChange(update: z.output<typeof userUpdate>): AccountChange {
  return {
    ...toOwnChange(update),
    isActive: update.is_active ?? undefined,
    isSuperuser: update.is_superuser ?? undefined,
    isVerified: update.is_verified ?? undefined,
  }
}

/** Nobody sets their own flags. */
export function toOwnChange(update: z.output<typeof userUpdate>): AccountChange {
  return { email: update.email ?? undefined, password: update.password ?? undefined }
}

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

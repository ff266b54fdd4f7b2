import { momentInCursor, pageCursor } from '@finity/kit/http/page-cursor.ts'
import { integerInQuery } from '@finity/kit/http/schema-parts.ts'
import { z } from 'zod'
import type { Account, ListedAccount } from './account-store.ts'
import type { AccountChange } from './change-account.ts'
import type { DeletedAccount } from './deleted-account-store.ts'
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

const cursor = pageCursor(z.object({ createdAt: momentInCursor, id: z.uuid() }))

export const accountPageQuery = z.strictObject({
  limit: integerInQuery({ min: 1, max: 100, fallback: 20 }),
  cursor: cursor.inQuery.optional(),
  q: z.string().max(longestAddress).default('').describe('A part of the address'),
})

const listedAccount = userRead
  .extend({ created_at: z.iso.datetime(), sessions: z.int().describe('How many of them live') })
  .meta({ title: 'ListedUser' })

export const accountPage = z
  .object({ items: z.array(listedAccount), next_cursor: z.string().nullable() })
  .meta({ title: 'UserPage' })

/** `found` has one more than the page, if there is one. */
export function toAccountPage(found: ListedAccount[], limit: number): z.input<typeof accountPage> {
  const items = found.slice(0, limit)
  const last = found.length > limit ? items.at(-1) : undefined
  const next = last && cursor.write({ createdAt: last.createdAt, id: last.id })
  return { items: items.map(toListedAccount), next_cursor: next ?? null }
}

function toListedAccount(account: ListedAccount): z.input<typeof listedAccount> {
  const { createdAt, sessions } = account
  return { ...toUserRead(account), created_at: createdAt.toISOString(), sessions }
}

export const deletedAccountsQuery = z.strictObject({
  after: integerInQuery({ min: 0, max: 999_999_999_999, fallback: 0 }),
})

const deletedAccount = z.object({ position: z.int(), account_id: z.uuid(), deleted_at: z.iso.datetime() })

export const deletedAccounts = z
  .object({ items: z.array(deletedAccount), position: z.int() })
  .meta({ title: 'DeletedAccounts' })

export function toDeletedAccount(deleted: DeletedAccount): z.input<typeof deletedAccount> {
  const { position, accountId, deletedAt } = deleted
  return { position, account_id: accountId, deleted_at: deletedAt.toISOString() }
}

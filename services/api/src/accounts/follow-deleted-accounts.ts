import { type Repetition, repeat } from '@finity/kit/process/repeat.ts'
import { z } from 'zod'
import type { Context } from '../context.ts'
import type { FeedPlace } from './deleted-account-store.ts'

const askEveryMs = 5_000
const timeoutMs = 5_000
/** What was still being written when the account was deleted, or by a token whose end was not known yet, is erased then. */
const lastWritesMs = 20 * 60_000

const page = z.object({
  items: z.array(z.object({ position: z.int(), account_id: z.uuid(), deleted_at: z.coerce.date() })),
  position: z.int(),
})

/** Reads auth's list of deleted accounts, again and again, and has all erased that belonged to them. */
export function followDeletedAccounts(context: Context): Repetition | null {
  const { deletedAccountsUrl } = context.config
  if (deletedAccountsUrl === null) return null
  return repeat(() => readDeletedAccounts(context, deletedAccountsUrl), askEveryMs, context.logger)
}

/** Reads the list on to its end. */
export async function readDeletedAccounts(context: Context, url: string): Promise<void> {
  let isAtEnd = false
  while (!isAtEnd) {
    const place = await context.deletedAccounts.findPlace()
    const { items, position } = await ask(url, place)
    if (place && !beginsAt(items, place)) {
      context.logger.warn(
        { place },
        'the list of deleted accounts is another one than before: it is read anew',
      )
      await context.transact(({ deletedAccounts }) => deletedAccounts.forgetList())
      continue
    }
    const fresh = place ? items.slice(1) : items
    await haveErased(context, place, fresh)
    const last = fresh.at(-1)
    isAtEnd = !last || last.position >= position
  }
}

type Item = z.output<typeof page>['items'][number]

/** The page begins with the account that was read last, to see that it is still there. */
async function ask(url: string, place: FeedPlace | null): Promise<z.output<typeof page>> {
  const from = new URL(url)
  from.searchParams.set('after', String(place ? place.position - 1 : 0))
  const response = await fetch(from, { signal: AbortSignal.timeout(timeoutMs) })
  if (!response.ok) throw new Error(`the list of deleted accounts was answered with ${response.status}`)
  return page.parse(await response.json())
}

function beginsAt([first]: Item[], { position, accountId }: FeedPlace): boolean {
  return first?.position === position && first.account_id === accountId
}

/** The accounts, the jobs and the place in the list become known together, or not at all. */
async function haveErased(context: Context, place: FeedPlace | null, items: Item[]): Promise<void> {
  const last = items.at(-1)
  if (!last) return
  const accounts = items.map((item) => ({ accountId: item.account_id, deletedAt: item.deleted_at }))
  const data = accounts.map(({ accountId }) => ({ accountId }))
  const later = new Date(context.clock().getTime() + lastWritesMs)
  await context.transact(async ({ deletedAccounts, jobs }) => {
    const to = { position: last.position, accountId: last.account_id }
    if (!(await deletedAccounts.movePlace(place, to))) return
    await deletedAccounts.noteDeleted(accounts)
    await jobs.sendJobs('erase-account', data)
    await jobs.sendJobs('erase-account', data, { startAfter: later })
  })
}

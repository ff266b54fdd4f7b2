import type { Auth } from './start-auth.ts'

/** Whether a query waits for a lock that another transaction holds. */
export async function somebodyWaits({ query }: Auth): Promise<boolean> {
  const waiting = await query(
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  )
  return waiting.length > 0
}

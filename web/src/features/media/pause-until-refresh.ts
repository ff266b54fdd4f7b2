import { linksEndAt, type Media } from './media.ts'

const PREVIEW_POLL_MS = 1_500
/** A preview that is late is waited for with more patience. */
const LATE_PREVIEW_POLL_MS = 15_000
const LATE_AFTER_MS = 60_000
/** Links are renewed a little before they end. */
const RENEW_LINKS_MS = 60_000
const MIN_RENEWAL_PAUSE_MS = 30_000

/** How long a list of these files can be shown as it is; false when there is nothing to wait for. */
export function pauseUntilRefresh(items: Media[], now: number): number | false {
  if (items.length === 0) return false
  const pending = items.filter((media) => media.variant_state === 'pending')
  const isLate = pending.every((media) => now - Date.parse(media.created_at) > LATE_AFTER_MS)
  if (pending.length > 0) return isLate ? LATE_PREVIEW_POLL_MS : PREVIEW_POLL_MS
  const linksEnd = Math.min(...items.map(linksEndAt))
  return Math.max(linksEnd - now - RENEW_LINKS_MS, MIN_RENEWAL_PAUSE_MS)
}

import { commonText } from '../text/common.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const relative = new Intl.RelativeTimeFormat(commonText.locale, { numeric: 'auto' })
const date = new Intl.DateTimeFormat(commonText.locale, { dateStyle: 'medium' })
const day = new Intl.DateTimeFormat(commonText.locale, { dateStyle: 'long' })
const dateAndTime = new Intl.DateTimeFormat(commonText.locale, { dateStyle: 'long', timeStyle: 'short' })

/** How long ago, for the last week; after that the date. */
export function formatAge(time: Date, now: Date): string {
  const ageMs = now.getTime() - time.getTime()
  if (ageMs < MINUTE_MS) return commonText.time.justNow
  if (ageMs < HOUR_MS) return relative.format(-Math.floor(ageMs / MINUTE_MS), 'minute')
  if (ageMs < DAY_MS) return relative.format(-Math.floor(ageMs / HOUR_MS), 'hour')
  if (ageMs < 7 * DAY_MS) return relative.format(-Math.floor(ageMs / DAY_MS), 'day')
  return date.format(time)
}

export function formatMoment(time: Date): string {
  return dateAndTime.format(time)
}

export function formatDay(time: Date): string {
  return day.format(time)
}

const amountOf = (unit: 'second' | 'minute' | 'hour') =>
  new Intl.NumberFormat(commonText.locale, { style: 'unit', unit, maximumFractionDigits: 1 })

/** How long something took, in the largest unit that fits. */
export function formatDuration(seconds: number): string {
  const tookMs = seconds * 1000
  if (tookMs < MINUTE_MS) return amountOf('second').format(Math.max(1, Math.round(seconds)))
  if (tookMs < HOUR_MS) return amountOf('minute').format(tookMs / MINUTE_MS)
  return amountOf('hour').format(tookMs / HOUR_MS)
}

/** How soon, in the largest unit that fits; rounded up, so that nobody comes too early. */
export function formatWait(seconds: number): string {
  const waitMs = seconds * 1000
  if (waitMs < MINUTE_MS) return relative.format(seconds, 'second')
  if (waitMs < HOUR_MS) return relative.format(Math.ceil(waitMs / MINUTE_MS), 'minute')
  return relative.format(Math.ceil(waitMs / HOUR_MS), 'hour')
}

import type { SessionSettings } from '../config.ts'

/** A session that was last refreshed before this moment is over. */
export function idleSince({ idleSeconds }: SessionSettings, now: Date): Date {
  return new Date(now.getTime() - idleSeconds * 1_000)
}

/** When a session that begins now is over, however much it is used. */
export function absoluteEnd({ absoluteSeconds }: SessionSettings, now: Date): Date {
  return new Date(now.getTime() + absoluteSeconds * 1_000)
}

export function isWithinReuse({ reuseSeconds }: SessionSettings, refreshedAt: Date, now: Date): boolean {
  return now.getTime() - refreshedAt.getTime() <= reuseSeconds * 1_000
}

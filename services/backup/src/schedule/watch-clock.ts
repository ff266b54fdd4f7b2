import type { Clock } from '@finity/kit/process/clock.ts'
import type { StatusStore } from '../status/status-store.ts'

/** By how many seconds the clock was set since now, forward or back: against one that nobody sets. */
export function watchClock(clock: Clock): () => number {
  const difference = () => (clock().getTime() - performance.now()) / 1_000
  const before = difference()
  return () => difference() - before
}

/** What a clock that was ahead has dated is as far from now as it is ahead, and says nothing of today. */
export const msApart = (now: Date, at: string): number => Math.abs(now.getTime() - new Date(at).getTime())

/** For what is ordered by its time: what a clock that was ahead has dated is not the newest. */
export const orderOf = ({ takenAt }: { takenAt: Date }): number =>
  takenAt.getTime() > Date.now() + 60_000 ? 0 : takenAt.getTime()

/** More than what a slow processor or a correction makes. Until somebody has looked, nothing is removed for its age. */
export const hasJumped = (seconds: number): boolean => Math.abs(seconds) > 60

/** What the sidecar has seen, for containers that are younger than it; one that starts anew has seen nothing. */
export function noteClockJump(status: StatusStore, seconds: number): void {
  const noted = hasJumped(seconds) ? Math.round(seconds) : 0
  if (noted !== status.read().clockJump) status.change({ clockJump: noted })
}

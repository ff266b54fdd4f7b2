import type { Clock } from '@finity/kit/process/clock.ts'

/** By how many seconds the clock was set since now, forward or back: against one that nobody sets. */
export function watchClock(clock: Clock): () => number {
  const difference = () => (clock().getTime() - performance.now()) / 1_000
  const before = difference()
  return () => difference() - before
}

/** More than what a slow processor or a correction makes. Until somebody has looked, nothing is removed for its age. */
export const hasJumped = (seconds: number): boolean => Math.abs(seconds) > 60

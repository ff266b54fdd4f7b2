import type { Schedule } from '../config.ts'

export type Planned = { kind: 'full' | 'diff'; at: Date }

const dayMs = 86_400_000

/**
 * The first backup that is due after a moment. Without a full one yet, it is due at once. A clock that jumps changes only when the
 * next one is made: what is planned follows from what there is, and not from what was planned before.
 */
export function planNextBackup({ hour, fullDay }: Schedule, lastFull: Date | null, after: Date): Planned {
  if (!lastFull) return { kind: 'full', at: after }
  const today = Date.UTC(after.getUTCFullYear(), after.getUTCMonth(), after.getUTCDate(), hour)
  const at = new Date(today > after.getTime() ? today : today + dayMs)
  const isFullOverdue = at.getTime() - lastFull.getTime() > 7 * dayMs
  return { kind: at.getUTCDay() === fullDay || isFullOverdue ? 'full' : 'diff', at }
}

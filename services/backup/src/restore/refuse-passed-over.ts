import { readTimelines, type Timeline } from '../database/timelines.ts'
import type { Status, StatusStore } from '../status/status-store.ts'
import { type RecoveryTarget, TargetInvalid } from './recovery-target.ts'

/**
 * After a restore to a moment, the log goes on from there: what was written between that moment and the restore is on a timeline that no
 * later restore follows, and one to a moment in between would bring the data of the first one, without a word. The same of what was written
 * between a restore and the way back from it. The timelines are those that a restore follows. Throws TargetInvalid.
 */
export function refusePassedOver(
  target: RecoveryTarget,
  passedOver: Status['passedOver'],
  timelines: Timeline[] | null,
): void {
  if (target.kind !== 'time') return
  for (const [timeline, { from, to }] of Object.entries(passedOver)) {
    // One that was not taken over, or that somebody has come back from, counts for nothing.
    const counts = timelines === null || timelines.some(({ id }) => id === Number(timeline))
    if (counts && target.at > new Date(from) && target.at < new Date(to))
      throw new TargetInvalid(
        `That is after ${from}, which was restored to, and before ${to}, when that was done: a restore would end with the data of ${from}. Go back to the data of before that restore first: npm run backup -- back. Then restore again.`,
      )
  }
}

/** Of a timeline that a restore has begun: from when to when. Null where nothing is left out. */
export function notePassedOver(
  status: StatusStore,
  data: string,
  passedOver: { from: Date; to: Date } | null,
): void {
  const timeline = readTimelines(data)?.at(-1)?.id ?? 1
  const { [timeline]: _, ...others } = status.read().passedOver
  const noted = passedOver && { from: passedOver.from.toISOString(), to: passedOver.to.toISOString() }
  status.change({ passedOver: noted ? { ...others, [timeline]: noted } : others })
}

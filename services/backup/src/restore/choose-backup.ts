import type { Backup, Repository } from '../database/list-backups.ts'
import type { Status } from '../status/status-store.ts'
import { type RecoveryTarget, TargetInvalid } from './recovery-target.ts'

/**
 * The backup that a restore begins from: the newest that ends before the point. Of a point that is not known, the oldest: the log from
 * there on has it, if any has. Throws TargetInvalid where there is none.
 */
export function chooseBackup(
  target: RecoveryTarget,
  { backups }: Pick<Repository, 'backups'>,
  points: Status['points'],
): Backup {
  const chosen = choose(target, backups, points)
  if (chosen) return chosen
  if (backups.length === 0)
    throw new TargetInvalid(
      'There is no backup in the repository. Is this the right volume, and the right key?',
    )
  if (target.set !== undefined)
    throw new TargetInvalid(`There is no backup ${target.set}: "backup list" has them.`)
  throw new TargetInvalid('No backup is as old as that. "backup list" has those that there are.')
}

function choose(target: RecoveryTarget, backups: Backup[], points: Status['points']): Backup | undefined {
  if (target.set !== undefined) return backups.find(({ label }) => label === target.set)
  switch (target.kind) {
    case 'time':
      return backups.findLast(({ endedAt }) => endedAt < target.at)
    case 'transaction':
      return findLastBefore(Number(target.id), backups, ({ nextTransaction }) => nextTransaction)
    case 'name':
      return findLastBefore(points[target.name] ?? 0, backups, ({ end }) =>
        points[target.name] ? end : null,
      )
    default:
      return backups.at(-1)
  }
}

function findLastBefore(
  point: number,
  backups: Backup[],
  endOf: (backup: Backup) => number | null,
): Backup | undefined {
  const isBefore = (backup: Backup) => (endOf(backup) ?? Number.POSITIVE_INFINITY) <= point
  return backups.findLast(isBefore) ?? backups.slice(0, 1).find((oldest) => endOf(oldest) === null)
}

import type { Context } from '../context.ts'
import { type Backup, type Repository, readRepository } from '../database/list-backups.ts'
import { type Followed, readFollowed, type Timeline } from '../database/timelines.ts'
import type { Status } from '../status/status-store.ts'
import { type RecoveryTarget, TargetInvalid } from './recovery-target.ts'

/**
 * From where a restore begins, and which log it follows: that of the data that was in use at its moment, also where a restore has left it
 * since. Throws TargetInvalid and ProgramFailed.
 */
export async function planRestore(
  { pgBackRest, status }: Pick<Context, 'pgBackRest' | 'status'>,
  wanted: RecoveryTarget,
): Promise<{ from: Backup; target: RecoveryTarget }> {
  const { backups, databases } = await readRepository(pgBackRest)
  const { points, pointTimes } = status.read()
  const moment = momentOf(wanted, pointTimes)
  const cluster = clusterOf(wanted, moment, backups) ?? databases.at(-1)?.id
  const followed = await readFollowed(
    pgBackRest,
    databases.find(({ id }) => id === cluster),
    { moment, timeline: wanted.timeline },
  )
  const timeline = followed?.timelines.at(-1)?.id ?? 1
  if (wanted.timeline !== undefined && wanted.timeline !== timeline)
    throw new TargetInvalid(`There is no timeline ${wanted.timeline} in the repository.`)
  const from = chooseBackup(wanted, { backups, followed }, points)
  const target = { ...wanted, set: from.label }
  return {
    from,
    target: followed?.areLeft ? { ...target, timeline, isOnIt: from.timeline === timeline } : target,
  }
}

function momentOf(target: RecoveryTarget, pointTimes: Status['pointTimes']): Date | undefined {
  if (target.kind === 'time') return target.at
  const at = target.kind === 'name' && pointTimes[target.name]
  return at ? new Date(at) : undefined
}

/** Each upgrade of PostgreSQL begins another one. */
function clusterOf({ set }: RecoveryTarget, moment: Date | undefined, backups: Backup[]): number | undefined {
  const isMeant = ({ label, endedAt }: Backup) =>
    set ? label === set : moment !== undefined && endedAt < moment
  return backups.findLast(isMeant)?.database
}

/**
 * The backup that a restore begins from: the newest that ends before the point. Of a point that is not known, the oldest: the log from
 * there on has it, if any has. One of another timeline than those that are followed is chosen only by its name. Throws TargetInvalid where there is none.
 */
export function chooseBackup(
  target: RecoveryTarget,
  { backups, followed }: Pick<Repository, 'backups'> & { followed: Followed | null },
  points: Status['points'],
): Backup {
  const isFollowed = (backup: Backup) => followed === null || isOn(followed, backup)
  const chosen =
    target.set === undefined
      ? choose(target, backups.filter(isFollowed), points)
      : backups.find(({ label }) => label === target.set)
  if (chosen) return chosen
  if (backups.length === 0)
    throw new TargetInvalid(
      'There is no backup in the repository. Is this the right volume, and the right key?',
    )
  if (target.set !== undefined)
    throw new TargetInvalid(`There is no backup ${target.set}: "backup list" has them.`)
  if (target.kind === 'latest')
    throw new TargetInvalid('No backup leads to the data of now: name one of "backup list" with --set.')
  throw new TargetInvalid('No backup is as old as that. "backup list" has those that there are.')
}

function choose(target: RecoveryTarget, backups: Backup[], points: Status['points']): Backup | undefined {
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

function isOn({ database: newest, timelines }: Followed, { database, timeline, end }: Backup): boolean {
  const isWithin = ({ id, until }: Timeline) => id === timeline && end <= until
  return database !== newest || timelines.some(isWithin)
}

function findLastBefore(
  point: number,
  backups: Backup[],
  endOf: (backup: Backup) => number | null,
): Backup | undefined {
  const isBefore = (backup: Backup) => (endOf(backup) ?? Number.POSITIVE_INFINITY) <= point
  return backups.findLast(isBefore) ?? backups.slice(0, 1).find((oldest) => endOf(oldest) === null)
}

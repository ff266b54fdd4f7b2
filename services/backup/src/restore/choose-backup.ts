import type { Context } from '../context.ts'
import { type Backup, type Repository, readRepository } from '../database/list-backups.ts'
import { type Followed, readFollowed, type Timeline } from '../database/timelines.ts'
import type { Status } from '../status/status-store.ts'
import { type RecoveryTarget, TargetInvalid } from './recovery-target.ts'
import { refusePassedOver } from './refuse-passed-over.ts'

/** Of what is in the repository. Throws TargetInvalid and ProgramFailed. */
export async function findBackup(
  { pgBackRest, status }: Pick<Context, 'pgBackRest' | 'status'>,
  target: RecoveryTarget,
): Promise<Backup> {
  const repository = await readRepository(pgBackRest)
  const followed = await readFollowed(pgBackRest, repository)
  const { passedOver, points } = status.read()
  // The data that these are of may be lost, and the repository knows them.
  refusePassedOver(target, passedOver, followed?.timelines ?? null)
  return chooseBackup(target, { ...repository, followed }, points)
}

/**
 * The backup that a restore begins from: the newest that ends before the point. Of a point that is not known, the oldest: the log from
 * there on has it, if any has. From one of a timeline that was left for another, as by the way back from a restore, no log leads to the data
 * of now: it is chosen only by its name. Throws TargetInvalid where there is none.
 */
export function chooseBackup(
  target: RecoveryTarget,
  { backups, followed }: Pick<Repository, 'backups'> & { followed: Followed | null },
  points: Status['points'],
): Backup {
  const isFollowed = (backup: Backup) => followed === null || leadsToNow(backup, followed)
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

/** A repository that was begun after a restore has no history of the timeline that it is on. */
function leadsToNow({ database, timeline, end }: Backup, { database: newest, timelines }: Followed): boolean {
  const isWithin = ({ id, until }: Timeline) => id === timeline && end <= until
  const isNewer = timelines.every(({ id }) => id < timeline)
  return database !== newest || isNewer || timelines.some(isWithin)
}

function findLastBefore(
  point: number,
  backups: Backup[],
  endOf: (backup: Backup) => number | null,
): Backup | undefined {
  const isBefore = (backup: Backup) => (endOf(backup) ?? Number.POSITIVE_INFINITY) <= point
  return backups.findLast(isBefore) ?? backups.slice(0, 1).find((oldest) => endOf(oldest) === null)
}

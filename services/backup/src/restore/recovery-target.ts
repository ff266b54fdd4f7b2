/** Up to where a restore replays, and from which backup it begins where that is not to be found by itself. */
export type RecoveryTarget = (
  | { kind: 'latest' }
  | { kind: 'time'; at: Date }
  | { kind: 'transaction'; id: string }
  | { kind: 'name'; name: string }
  /** Stops where the backup is consistent. */
  | { kind: 'set' }
) & {
  set?: string
  /** Of the log that leads there, where it is not that of now. */
  timeline?: number
  /** The backup is on that timeline already, whose history nobody needs then. */
  isOnIt?: boolean
}

export class TargetInvalid extends Error {}

type Words = Partial<Record<'time' | 'transaction' | 'name' | 'set' | 'timeline', string>>

/** From the words of a command: at most one of --time, --transaction and --name, a backup to begin from, and a timeline to follow. */
export function readTarget({ set, timeline, ...words }: Words): RecoveryTarget {
  const given = (['time', 'transaction', 'name'] as const).filter((kind) => words[kind] !== undefined)
  if (given.length > 1) throw new TargetInvalid(`Only one of --${given.join(' and --')} can be meant.`)
  if (timeline !== undefined && !/^[1-9]\d{0,8}$/.test(timeline))
    throw new TargetInvalid(`"${timeline}" is no number of a timeline.`)
  const from = {
    ...(set !== undefined && { set: readName('set', set) }),
    ...(timeline !== undefined && { timeline: Number(timeline) }),
  }
  const [kind] = given
  if (!kind) return { kind: set === undefined ? 'latest' : 'set', ...from }
  return { ...readPoint(kind, words[kind] ?? ''), ...from }
}

function readPoint(kind: 'time' | 'transaction' | 'name', value: string): RecoveryTarget {
  if (kind === 'name') return { kind, name: readName(kind, value) }
  if (kind === 'time') {
    const at = new Date(value)
    const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(value)
    if (Number.isNaN(at.getTime()) || !hasZone)
      throw new TargetInvalid(`"${value}" is no time with its zone, such as 2026-11-28T15:04:05Z.`)
    return { kind, at }
  }
  if (!/^\d+$/.test(value)) throw new TargetInvalid(`"${value}" is no number of a transaction.`)
  return { kind, id: value }
}

function readName(kind: 'name' | 'set', value: string): string {
  if (/^[\w][\w.-]{0,62}$/.test(value)) return value
  throw new TargetInvalid(
    `"${value}" cannot be the name of a ${kind === 'set' ? 'backup: "backup list" has them' : 'restore point'}.`,
  )
}

/** Of pgBackRest's restore. A transaction is not replayed itself: what is meant is the moment before the mistake. */
export function targetOptions(target: RecoveryTarget): string[] {
  const from = [
    ...(target.set === undefined ? [] : [`--set=${target.set}`]),
    ...(target.timeline === undefined
      ? []
      : [`--target-timeline=${target.isOnIt ? 'current' : target.timeline}`]),
  ]
  const promote = '--target-action=promote'
  switch (target.kind) {
    case 'latest':
      return from
    case 'time':
      return [
        '--type=time',
        `--target=${target.at.toISOString().replace('T', ' ').replace('Z', '+00')}`,
        promote,
        ...from,
      ]
    case 'transaction':
      return ['--type=xid', `--target=${target.id}`, '--target-exclusive', promote, ...from]
    case 'name':
      return ['--type=name', `--target=${target.name}`, promote, ...from]
    case 'set':
      return ['--type=immediate', promote, ...from]
  }
}

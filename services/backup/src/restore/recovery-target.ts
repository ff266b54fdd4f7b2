/** Up to where a restore replays. `set` stops where that backup is consistent. */
export type RecoveryTarget =
  | { kind: 'latest' }
  | { kind: 'time'; at: Date }
  | { kind: 'transaction'; id: string }
  | { kind: 'name'; name: string }
  | { kind: 'set'; label: string }

export class TargetInvalid extends Error {}

/** From the words of a command: at most one of --time, --transaction, --name and --set. */
export function readTarget(words: Record<string, string | undefined>): RecoveryTarget {
  const given = (['time', 'transaction', 'name', 'set'] as const).filter((kind) => words[kind] !== undefined)
  if (given.length > 1) throw new TargetInvalid(`Only one of --${given.join(' and --')} can be meant.`)
  const [kind] = given
  if (!kind) return { kind: 'latest' }
  const value = words[kind] ?? ''
  if (kind === 'time') {
    const at = new Date(value)
    const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/.test(value)
    if (Number.isNaN(at.getTime()) || !hasZone)
      throw new TargetInvalid(`"${value}" is no time with its zone, such as 2026-11-28T15:04:05Z.`)
    return { kind, at }
  }
  if (kind === 'transaction') {
    if (!/^\d+$/.test(value)) throw new TargetInvalid(`"${value}" is no number of a transaction.`)
    return { kind, id: value }
  }
  if (!/^[\w.-]{1,63}$/.test(value)) throw new TargetInvalid(`"${value}" cannot be the name of a ${kind === 'set' ? 'backup' : 'restore point'}.`)
  return kind === 'set' ? { kind, label: value } : { kind, name: value }
}

/** Of pgBackRest's restore. Times and transactions are exclusive: what is meant is the moment before the mistake. */
export function targetOptions(target: RecoveryTarget): string[] {
  const promote = '--target-action=promote'
  switch (target.kind) {
    case 'latest':
      return []
    case 'time':
      return ['--type=time', `--target=${target.at.toISOString().replace('T', ' ').replace('Z', '+00')}`, promote]
    case 'transaction':
      return ['--type=xid', `--target=${target.id}`, '--target-exclusive', promote]
    case 'name':
      return ['--type=name', `--target=${target.name}`, promote]
    case 'set':
      return ['--type=immediate', `--set=${target.label}`, promote]
  }
}

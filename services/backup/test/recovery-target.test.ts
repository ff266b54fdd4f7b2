import { expect, test } from 'vitest'
import { readTarget, TargetInvalid, targetOptions } from '../src/restore/recovery-target.ts'

test('without words, all of the log is replayed', () => {
  expect(targetOptions(readTarget({}))).toEqual([])
})

test.each([
  [{ time: '2026-11-28T15:04:05+01:00' }, ['--type=time', '--target=2026-11-28 14:04:05.000+00']],
  [{ transaction: '1234' }, ['--type=xid', '--target=1234']],
  [{ name: 'before-v2' }, ['--type=name', '--target=before-v2']],
  [{ set: '20261128-030000F' }, ['--type=immediate', '--target-action=promote']],
])('%o is a target', (words, options) => {
  expect(targetOptions(readTarget(words)).slice(0, 2)).toEqual(options)
})

test('a moment of data that was left since is reached by the log of then', () => {
  const target = { kind: 'time', at: new Date(), timeline: 2 } as const

  expect(targetOptions(target)).toContain('--target-timeline=2')
  expect(targetOptions({ ...target, isOnIt: true })).toContain('--target-timeline=current')
})

test.each([
  { time: '2026-11-28T15:04:05' },
  { time: 'yesterday' },
  { transaction: '12x' },
  { name: "a'b" },
  { set: '--type=full' },
  { timeline: '1x' },
  { time: '2026-11-28T15:04:05Z', name: 'x' },
])('%o is refused', (words) => {
  expect(() => readTarget(words)).toThrow(TargetInvalid)
})
